import { fail } from '../../shared/errors.ts';
import { patientRetainedUntil, retainedUntil } from '../../shared/record-room/retention.ts';
import type { RecordKind } from '../../shared/schema/medical-record.ts';
import { lastDays } from '../storage/record-room.ts';
import type { Store } from '../storage/store.ts';
import { calendarDay } from './calendar.ts';

/** Refuses to delete a signed record while the law wants it kept. Fails with `retention-period`. */
export function assertRecordMayGo(store: Store, { patientId, kind, status }: { patientId: string; kind: RecordKind; status: string }): void {
  // Nobody answers for a draft: what was begun in the wrong chart may go.
  if (status !== 'draft') assertOver(store, retainedUntil(lastDays(store.connection, patientId), kind));
}

/** Refuses to delete a patient with charts that must be kept. Fails with `retention-period`. */
export const assertPatientMayGo = (store: Store, patientId: string): void => assertOver(store, patientRetainedUntil(lastDays(store.connection, patientId)));

function assertOver(store: Store, until: string | undefined): void {
  if (until !== undefined && until >= calendarDay(store.now())) fail({ code: 'retention-period', until });
}
