import { mayFollowSealed, policyOf } from '../policies.ts';
import { isSealable, sealingCollection } from '../seals.ts';
import type { Change } from './deed.ts';
import type { Choose, Desk } from './desk.ts';
import type { Held } from './stores.ts';

const isLive = ({ deleted }: Held): boolean => !deleted;
const signatureAt = (at: string) => ({ userId: 'someone', name: 'Someone', at });
const keyOf = ({ collection, id }: Pick<Change, 'collection' | 'id'>) => `${collection} ${id}`;

const sealsOf = ({ documents }: Desk) => documents.filter(({ collection, content, deleted }) => collection === sealingCollection && content !== null && !deleted);
const sealedKeys = (desk: Desk): Set<string> =>
  new Set(sealsOf(desk).flatMap((seal) => [keyOf(seal), ...(policyOf(sealingCollection).seals?.(seal.content ?? {}) ?? []).map(keyOf)]));

/** Whether a program that knows of these seals would write this: what is sealed on screen is amended and not changed, thrown away or purged. */
export function keepsSeals(desk: Desk, changes: readonly Change[]): boolean {
  if (sealsOf(desk).length === 0) return true;
  const sealed = sealedKeys(desk);
  const patientIds = new Set(sealsOf(desk).map(({ content }) => content?.['patientId']));
  return changes.every((change) => {
    if (change.content === null && change.collection === 'patients' && patientIds.has(change.id)) return false;
    const before = sealed.has(keyOf(change)) ? desk.documents.find((document) => keyOf(document) === keyOf(change)) : undefined;
    return before === undefined || mayFollowSealed(change.collection, before, { content: change.content, deleted: change.deleted ?? false });
  });
}

/** In every eighth history a record room seals what others are writing. */
export const isRecordRoom = ({ liked }: Desk): boolean => liked % 8 === 6;

/** What a record room does: it seals charts, moves the paper, lends it and takes it back; and what others do meanwhile in those charts. */
export function inRecordRoom(choose: Choose): (desk: Desk) => Change[] {
  /** Of what is in a chart a few documents: two record rooms that seal the same ones apart meet in one seal. */
  const seal = (desk: Desk): Change[] => {
    const patient = choose(desk, 'patients', isLive);
    const sealed = sealedKeys(desk);
    const isOpen = (one: Held) => isSealable(one.collection) && isLive(one) && one.content?.['patientId'] === patient?.id && one.content?.['status'] !== 'draft' && !sealed.has(keyOf(one));
    const [first, ...others] = desk.documents.filter(isOpen).slice(0, 4);
    if (patient === undefined || first === undefined) return [];
    const entry = [first, ...others].map(({ collection, id, rev }) => ({ collection, id, rev, hash: '0'.repeat(64) }));
    const content = {
      patientId: patient.id, chart: 'medicalRecords', kind: 'outpatient', period: { start: '2026-01-01', end: '2026-01-01' }, entry, signature: signatureAt(desk.at), location: desk.newWord(),
    };
    return desk.documents.some((other) => other.collection === sealingCollection && other.id === first.id) ? [] : [{ collection: sealingCollection, id: first.id, content }];
  };
  const move = (desk: Desk): Change[] => {
    const archived = choose(desk, sealingCollection, isLive);
    return archived === undefined ? [] : [{ collection: sealingCollection, id: archived.id, content: { ...archived.content, location: desk.newWord() } }];
  };
  const lend = (desk: Desk): Change[] => {
    const archived = choose(desk, sealingCollection, isLive);
    if (archived === undefined) return [];
    const content = { patientId: archived.content['patientId'], archivedChartId: archived.id, borrowerName: desk.newWord(), dueDate: '2026-02-01', lent: signatureAt(desk.at) };
    return [{ collection: 'chartLoans', id: desk.newId(), content }];
  };
  const takeBack = (desk: Desk): Change[] => {
    const loan = choose(desk, 'chartLoans', isLive);
    return loan === undefined ? [] : [{ collection: 'chartLoans', id: loan.id, content: { ...loan.content, returned: signatureAt(desk.at), returnedAt: desk.at } }];
  };
  const measure = (desk: Desk): Change[] => {
    const patient = choose(desk, 'patients', isLive);
    if (patient === undefined) return [];
    const content = {
      patientId: patient.id, code: { text: 'Note' }, status: 'final', effectiveDateTime: desk.at, valueString: desk.newWord(), recorderId: 'someone', recorderName: 'Someone', recordedDate: desk.at,
    };
    return [{ collection: 'observations', id: desk.newId(), content }];
  };
  const change = (desk: Desk): Change[] => {
    const observation = choose(desk, 'observations', isLive);
    if (observation === undefined) return [];
    const drawn = desk.random.below(6);
    const { collection, id, content } = observation;
    if (drawn === 0) return [{ collection, id, content, deleted: true }];
    return [{ collection, id, content: drawn === 1 ? { ...content, status: 'entered-in-error' } : { ...content, valueString: desk.newWord() } }];
  };
  return (desk) => desk.random.of([measure, measure, change, change, change, seal, seal, move, lend, takeBack])(desk);
}
