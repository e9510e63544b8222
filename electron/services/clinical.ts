import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { ClinicalCollection } from '../../shared/schema/clinical.ts';
import { fail } from '../../shared/errors.ts';
import type { Page } from '../../shared/contract/page.ts';
import { pageOfClinical, type ClinicalFilter } from '../storage/clinical.ts';
import type { Contents, StoredDocument } from '../storage/collections.ts';
import { isSamePerson } from '../storage/linked-patients.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Context } from './context.ts';
import { contentOf, discardOwnDraft, visibleDocument } from './documents.ts';
import { assertPossibleDays } from './event-days.ts';
import { presentPatient } from './patients.ts';

/** Who wrote a clinical document down, for which patient, and in which visit. */
export function clinicalMeta({ store, user }: Context, { patientId, medicalRecordId }: { patientId: string; medicalRecordId?: string | undefined }) {
  if (medicalRecordId !== undefined && !isSamePerson(store.connection, patientId, store.get('medicalRecords', medicalRecordId)?.patientId ?? '')) fail({ code: 'not-found', collection: 'medicalRecords' });
  return {
    patientId,
    ...(medicalRecordId !== undefined && { medicalRecordId }),
    recorderId: user.id,
    recorderName: user.displayName,
    recordedDate: store.now().toISOString(),
  };
}

/** A page of a patient's documents of one kind. Fails with `not-found`. */
export function listOfPatient<Name extends ClinicalCollection>(
  context: Context, collection: Name, { offset, limit, ...filter }: ClinicalFilter & { offset: number; limit: number },
): Page<StoredDocument<Name>> {
  visibleDocument(context, 'patients', filter.patientId);
  return pageOfClinical(context.store.connection, collection, filter, { offset, limit });
}

interface Creation<Input> {
  patientId: string;
  medicalRecordId?: string | undefined;
  draftId?: string | undefined;
  content: Input;
}

/** Writes one down in a change set of its own; `also` writes what belongs to it. Fails with `invalid-input`, `not-found` or `patient-deleted`. */
export function createClinical<Name extends ClinicalCollection>(
  context: Context,
  { collection, action }: { collection: Name; action: AuditAction },
  { content, draftId, ...where }: Creation<object>,
  also: (transaction: Transaction) => void = () => undefined,
): StoredDocument<Name> {
  const { store, actor } = context;
  assertPossibleDays(store, presentPatient(store, where.patientId), { at: 'content', content });
  const whole = { ...content, ...clinicalMeta(context, where) } as unknown as Contents[Name];
  return store.commit({ actor, action, about: { patientId: where.patientId } }, (transaction) => {
    discardOwnDraft(context, transaction, draftId);
    also(transaction);
    return transaction.create(collection, whole);
  });
}

/** What a later version keeps of the first: whose it is and who wrote it down. */
const kept = ['patientId', 'medicalRecordId', 'recorderId', 'recorderName', 'recordedDate'] as const;

/** Changes what was written down. Fails with `invalid-input`, `not-found`, `patient-deleted` or `stale-revision`. */
export function updateClinical<Name extends ClinicalCollection>(
  context: Context,
  { collection, action }: { collection: Name; action: AuditAction },
  { id, rev, content, draftId }: { id: string; rev: string; content: object; draftId?: string | undefined },
): StoredDocument<Name> {
  const { store, actor } = context;
  const before = presentClinical(context, collection, id);
  assertPossibleDays(store, presentPatient(store, before.patientId), { at: 'content', content, before });
  const old = contentOf(before) as unknown as Record<string, unknown>;
  const held = Object.fromEntries(kept.filter((field) => field in old).map((field) => [field, old[field]]));
  return store.commit({ actor, action, about: { patientId: before.patientId } }, (transaction) => {
    discardOwnDraft(context, transaction, draftId);
    return transaction.update(collection, id, { ...content, ...held } as unknown as Contents[Name], { over: rev });
  });
}

/** A document in place, of a patient who is. Fails with `not-found` or `patient-deleted`. */
export function presentClinical<Name extends ClinicalCollection>({ store }: Context, collection: Name, id: string): StoredDocument<Name> & { patientId: string } {
  const document = store.get(collection, id) as (StoredDocument<Name> & { patientId: string; deleted: boolean }) | undefined;
  if (document === undefined || document.deleted) return fail({ code: 'not-found', collection });
  presentPatient(store, document.patientId);
  return document;
}
