import type { Lookup, Version } from './version.ts';
import { ancestorsAtMost, isMergeOf } from './lineage.ts';
import { mayFollowSealed, policyOf } from './policies.ts';
import type { ChangeSet } from './protocol.ts';

/** The collection whose documents seal others. */
export const sealingCollection = 'archivedCharts';

/** Documents that a chart may be sealed with. Problems and allergies are the patient's and go on beyond every chart. */
export const sealableCollections = ['encounters', 'medicalRecords', 'documentReferences', 'observations', 'medicationRequests', 'serviceRequests', 'immunizations'] as const;
export type SealableCollection = (typeof sealableCollections)[number];
const sealable: ReadonlySet<string> = new Set(sealableCollections);
export const isSealable = (collection: string): collection is SealableCollection => sealable.has(collection);

/**
 * Whether a current version stands under a seal: it is the one that a chart was sealed with, or was made over it. A server that was
 * restored may meet a seal before the versions that it names; those still take their places.
 */
export function isSealed(version: Version, lookup: Lookup): boolean {
  if (version.deleted || version.content === null) return false;
  if (version.collection === sealingCollection) return true;
  if (!isSealable(version.collection)) return false;
  const revs = sealedRevs(version, lookup);
  let earlier: Version | undefined = revs.length === 0 ? undefined : version;
  for (let steps = 0; earlier !== undefined && steps < ancestorsAtMost; steps += 1) {
    const at: Version = earlier;
    if (revs.some((rev) => rev === at.rev || isMergeOf(at, { rev }))) return true;
    earlier = at.baseRev === null ? undefined : lookup.byRev(at.collection, at.id, at.baseRev);
  }
  return false;
}

const sealsAbout = (id: string, lookup: Lookup) => lookup.sharing(sealingCollection, [id]).filter(({ deleted, content }) => !deleted && content !== null);

function sealedRevs({ collection, id }: Version, lookup: Lookup): string[] {
  const entries = sealsAbout(id, lookup).flatMap(({ content }) => policyOf(sealingCollection).seals?.(content ?? {}) ?? []);
  return entries.filter((entry) => entry.collection === collection && entry.id === id).map(({ rev }) => rev);
}

/** Whether a version that was written over a current one does what its seal forbids. */
export const breaksSeal = (current: Version, incoming: Version, lookup: Lookup): boolean =>
  incoming.content !== null && isSealed(current, lookup) && !mayFollowSealed(current.collection, current, incoming);

/** Whether a change set would purge a sealed chart, a document in one, or a patient who has one. Nothing of it is taken then. */
export const purgesSealed = ({ documents }: ChangeSet, lookup: Lookup): boolean =>
  documents.some(({ collection, id, content }) => {
    if (content !== null) return false;
    if (collection === 'patients') return sealsAbout(id, lookup).length > 0;
    const current = sealable.has(collection) || collection === sealingCollection ? lookup.current(collection, id) : undefined;
    return current !== undefined && isSealed(current, lookup);
  });
