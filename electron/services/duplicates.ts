import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { PatientRow } from '../../shared/contract/patients.ts';
import { fail } from '../../shared/errors.ts';
import { replacedBy, withLink, withoutLink } from '../../shared/patients/links.ts';
import type { Patient } from '../../shared/schema/patient.ts';
import { compareNext, countUncompared, listPairs } from '../storage/duplicate-pairs.ts';
import { idsReplacedBy } from '../storage/linked-patients.ts';
import type { Context } from './context.ts';
import { contentOf, visibleDocument } from './documents.ts';
import { presentPatient } from './patients.ts';

/** Milliseconds that one question may compare for; the screen asks again while somebody is left. */
const patience = 100;

/** Compares whoever was written or has arrived since the last question, as far as its time reaches, and lists what is open. */
export function listDuplicates({ store }: Context): CallOutput<'patients.duplicates'> {
  const until = performance.now() + patience;
  if (countUncompared(store.connection) > 0) compareNext(store.connection, () => performance.now() < until);
  return { ...listPairs(store.connection), uncompared: countUncompared(store.connection) };
}

/** Fails with `not-found`, `patient-deleted`, `already-merged` or `stale-revision`. */
export function mergePatients({ store, actor }: Context, { survivor, replaced }: CallParsed<'patients.merge'>): Patient {
  const [stays, goes] = [presentPatient(store, survivor.id), presentPatient(store, replaced.id)];
  if (stays.id === goes.id || replacedBy(stays) !== undefined || replacedBy(goes) !== undefined) fail({ code: 'already-merged' });
  return store.commit({ actor, action: 'patient.merged', about: { collection: 'patients', documentId: stays.id, patientId: stays.id } }, (transaction) => {
    transaction.update('patients', goes.id, { ...contentOf(goes), link: withLink(goes, { other: stays.id, type: 'replaced-by' }) }, { over: replaced.rev });
    return transaction.update('patients', stays.id, { ...contentOf(stays), link: withLink(stays, { other: goes.id, type: 'replaces' }) }, { over: survivor.rev });
  });
}

/** Fails with `not-found`, `patient-deleted`, `not-merged` or `stale-revision`. */
export function unmergePatients({ store, actor }: Context, { replaced }: CallParsed<'patients.unmerge'>): Patient {
  const goes = presentPatient(store, replaced.id);
  const survivorId = replacedBy(goes) ?? fail({ code: 'not-merged' });
  const stays = store.get('patients', survivorId);
  return store.commit({ actor, action: 'patient.unmerged', about: { collection: 'patients', documentId: survivorId, patientId: survivorId } }, (transaction) => {
    // The other site's entry may not be on this workstation: its link says nothing once this one's is gone.
    if (stays !== undefined) transaction.update('patients', stays.id, { ...contentOf(stays), link: withoutLink(stays, { other: goes.id, type: 'replaces' }) }, { over: stays.rev });
    return transaction.update('patients', goes.id, { ...contentOf(goes), link: withoutLink(goes, { other: survivorId, type: 'replaced-by' }) }, { over: replaced.rev });
  });
}

/** Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function keepApart({ store, actor }: Context, { id, rev, otherId }: CallParsed<'patients.keepApart'>): null {
  const patient = presentPatient(store, id);
  const distinctFrom = [...new Set([...(patient.distinctFrom ?? []), presentPatient(store, otherId).id])];
  store.commit({ actor, action: 'duplicate.dismissed' }, (transaction) => transaction.update('patients', id, { ...contentOf(patient), distinctFrom }, { over: rev }));
  return null;
}

export function listReplaced(context: Context, { id }: CallParsed<'patients.replaced'>): PatientRow[] {
  visibleDocument(context, 'patients', id);
  const { store } = context;
  return idsReplacedBy(store.connection, id).slice(1).flatMap((other) => store.get('patients', other) ?? []);
}
