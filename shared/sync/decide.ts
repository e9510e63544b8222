import type { Clash, ConflictContent } from '../schema/conflict.ts';
import { canonicalText } from './canonical.ts';
import type { Content } from './content.ts';
import { derivedId } from './derived-id.ts';
import { ancestorsAtMost, isMergeOf, mergeRev } from './lineage.ts';
import { mergeVersions, standAgainst, standSealed, type Merged } from './merge.ts';
import { mayFollow, policyOf } from './policies.ts';
import type { ChangeSet, Refusal, RevRef } from './protocol.ts';
import { breaksSeal, purgesSealed } from './seals.ts';
import { compartmentOf, rootFields } from './scope.ts';
import type { Lookup, Version } from './version.ts';

export interface Write {
  document: Version;
  /** A version that was merged away: kept as the base of what is still to come over it; never current, never pulled. */
  branch: boolean;
}

export interface Decision {
  /** Empty: every document was known, the change set is a repeat. */
  writes: Write[];
  /** Documents that stand on the server as another rev than the one that was sent. */
  merged: RevRef[];
  /** Documents whose rev was known. */
  repeated: RevRef[];
  /** Why nothing of it is taken. */
  refusal?: Refusal;
}

/**
 * Decides what a pushed change set writes. Revs decide and no clock does: a version written over the current one takes its
 * place; a known one is a repeat; any other is merged three ways from the version it was written over. Depends on nothing
 * but its input, so that two servers which take the same change sets in the same order hold the same revs.
 */
export function decideChangeSet(changeSet: ChangeSet, lookup: Lookup): Decision {
  const decision: Decision = { writes: [], merged: [], repeated: [] };
  const beside = neighbours(changeSet, lookup, decision);
  if (purgesSealed(changeSet, beside)) return { ...decision, refusal: 'chart-sealed' };
  for (const document of changeSet.documents) decideDocument({ ...document, deviceId: changeSet.deviceId }, beside, decision);
  giveBack(beside, decision);
  purgeConflicts(lookup, decision);
  return decision;
}

/** One change set may move two documents past each other: what stands beside a document is what this change set has made of it, or will ask of it later. */
function neighbours({ documents }: ChangeSet, lookup: Lookup, { writes }: Decision): Lookup {
  const sent = new Set(documents.filter(({ collection, id, rev }) => lookup.byRev(collection, id, rev) === undefined).map(({ collection, id }) => `${collection} ${id}`));
  return {
    current: (collection, id) => lookup.current(collection, id),
    byRev: (collection, id, rev) => lookup.byRev(collection, id, rev),
    conflictsOf: (collection, id) => lookup.conflictsOf(collection, id),
    sharing: (collection, keys) => [
      ...lookup.sharing(collection, keys).filter(({ id }) => !sent.has(`${collection} ${id}`)),
      ...writes.filter(({ document, branch }) => !branch && document.collection === collection).map(({ document }) => document),
    ],
  };
}

/**
 * A server that was restored may meet two in another order than before, and find that each gave way to the other: then nobody would
 * have the place. The one that is told here to have given way does, or the other where a third stands in its way meanwhile; where
 * neither can, it gave way to that third.
 */
function giveBack(beside: Lookup, { writes }: Decision): void {
  for (const { document, branch } of [...writes]) {
    const { collection, id, content } = document;
    const { exclusion } = policyOf(collection);
    const to = branch || content === null ? undefined : exclusion?.gaveWayTo(content);
    const other = to === undefined ? undefined : (writes.findLast((write) => !write.branch && write.document.id === to)?.document ?? beside.current(collection, to));
    if (exclusion === undefined || other?.content == null || other.deleted || exclusion.gaveWayTo(other.content) !== id) continue;
    const meant = [other, document].map((one) => ({ ...plain(one), content: exclusion.asMeant(one.content as Content) }));
    const kept = meant.find((one) => contentBeside(one, [], beside) === one.content) ?? (meant[0] as Version);
    writes.push({ document: { ...kept, content: contentBeside(kept, [], beside), rev: derivedId('kept', kept.rev), baseRev: kept.rev }, branch: false });
  }
}

/** What clashed in a document that is purged here is purged with it: its values are the document's. */
function purgeConflicts(lookup: Lookup, { writes }: Decision): void {
  const purged = writes.filter(({ document, branch }) => !branch && document.content === null);
  const written = new Set(writes.filter(({ document }) => document.collection === 'conflicts').map(({ document }) => document.id));
  for (const { document } of purged) {
    const open = lookup.conflictsOf(document.collection, document.id).filter(({ id, content }) => content !== null && !written.has(id));
    writes.push(...open.map((conflict) => ({ document: purgeOf(conflict), branch: false })));
  }
}

/** What a server holds may be more than a version. */
const plain = ({ collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, deviceId, content }: Version): Version => ({
  collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, deviceId, content,
});
const purgeOf = (version: Version): Version => ({ ...plain(version), rev: derivedId('purged', version.rev), baseRev: version.rev, deleted: true, content: null });

/** A clash in a document that was purged meanwhile. */
const isAboutPurged = ({ collection, content }: Version, lookup: Lookup): boolean =>
  collection === 'conflicts' && content !== null && lookup.current(String(content['collection']), String(content['documentId']))?.content === null;


function decideDocument(incoming: Version, lookup: Lookup, decision: Decision): void {
  const { collection, id, rev } = incoming;
  const current = lookup.current(collection, id);
  if (lookup.byRev(collection, id, rev) !== undefined) decision.repeated.push({ collection, id, rev });
  else if (isAboutPurged(incoming, lookup)) comeTooLate(current, incoming, decision);
  else if (current === undefined || takesItsPlace(incoming, current, lookup)) stand(current ?? incoming, incoming, lookup, decision);
  else mergeInto(current, incoming, lookup, decision);
}

/** As it was written, or where it is in another's way as the server makes it give way: a merge of what was there and what came. */
function stand(current: Version, incoming: Version, lookup: Lookup, decision: Decision): void {
  const { collection, id, deleted } = incoming;
  const content = contentBeside(incoming, [], lookup);
  if (content === incoming.content) return void decision.writes.push({ document: incoming, branch: false });
  const document = mergedVersion(current, incoming, { content, deleted, clashes: [] });
  decision.writes.push({ document: incoming, branch: true }, { document, branch: false });
  decision.merged.push({ collection, id, rev: document.rev });
  return undefined;
}

/** The content as it may stand beside others. What gave way before stays so while it claims the same: only a person takes the place anew. */
function contentBeside({ collection, id, content, deleted }: Pick<Version, 'collection' | 'id' | 'content' | 'deleted'>, sides: readonly Content[], lookup: Lookup): Content | null {
  const { exclusion } = policyOf(collection);
  if (exclusion === undefined || content === null || deleted) return content;
  const before = sides.filter((side) => exclusion.gaveWayTo(side) !== undefined && exclusion.claimsSame(exclusion.asMeant(side), content));
  const standing = lookup.sharing(collection, exclusion.keys(content)).filter((other) => other.id !== id && !other.deleted && other.content !== null && exclusion.yields(content, other.content));
  const [to] = [...before.flatMap((side) => exclusion.gaveWayTo(side) ?? []).sort(), ...standing.map((other) => other.id).sort()];
  return to === undefined ? content : exclusion.giveWay(content, to);
}

/** It is known by its rev, and nothing of what it says is kept. */
function comeTooLate(current: Version | undefined, incoming: Version, decision: Decision): void {
  const emptied = { ...incoming, deleted: true, content: null };
  const document = current === undefined ? purgeOf(incoming) : mergedVersion(current, emptied, { deleted: true, content: null, clashes: [] });
  decision.writes.push({ document: emptied, branch: true }, { document, branch: false });
  decision.merged.push({ collection: incoming.collection, id: incoming.id, rev: document.rev });
}

/** Written over it, by somebody or by a server that is lost, and by a rule that its collection lets one version follow another. */
const takesItsPlace = (incoming: Version, current: Version, lookup: Lookup): boolean =>
  current.content !== null && !breaksSeal(current, incoming, lookup) && (isMergeOf(incoming, current) || (incoming.baseRev === current.rev && mayFollow(incoming.collection, current.content, incoming.content)));

function mergeInto(current: Version, incoming: Version, lookup: Lookup, decision: Decision): void {
  const { collection, id } = incoming;
  const merged = mergeOf(current, incoming, lookup);
  const document = mergedVersion(current, incoming, merged);
  // What comes late to a purged document leaves nothing of its content behind.
  const branch = merged.content === null ? { ...incoming, content: null } : incoming;
  decision.writes.push({ document: branch, branch: true }, { document, branch: false });
  decision.merged.push({ collection, id, rev: document.rev });
  const conflict = merged.clashes.length === 0 ? undefined : conflictDocument(document, [current, incoming], merged, lookup);
  if (conflict !== undefined) decision.writes.push({ document: conflict, branch: false });
}

function mergeOf(current: Version, incoming: Version, lookup: Lookup): Merged {
  const sides = [current.content, incoming.content].filter((content) => content !== null);
  const base = baseOf(current, incoming, lookup);
  const merged = breaksSeal(current, incoming, lookup)
    ? standSealed(base, { ...current, content: current.content as Content }, { ...incoming, content: incoming.content as Content })
    : mergeAsMeant(asMeant(current), asMeant(incoming), base);
  const { collection, id } = incoming;
  return { ...merged, content: contentBeside({ collection, id, content: merged.content as Version['content'], deleted: merged.deleted }, sides, lookup) };
}

function asMeant(version: Version): Version {
  const { exclusion } = policyOf(version.collection);
  return exclusion === undefined || version.content === null ? version : { ...version, content: exclusion.asMeant(version.content) };
}

function mergeAsMeant(current: Version, incoming: Version, common: Version | undefined): Merged {
  const { collection, content } = incoming;
  const base = common && asMeant(common);
  if (content === null || current.content === null || base === undefined || mayFollow(collection, base.content, content)) return mergeVersions(collection, base, current, incoming);
  // It broke the seal of what it was written over.
  return standAgainst(base, { ...current, content: current.content }, { ...incoming, content });
}

/**
 * A server that was restored meets its own merges again, in any order. What went into one is part of whatever was written over it. A merge
 * that lies further back than is looked is merged anew, and clashes anew where it clashed.
 */
function baseOf(current: Version, incoming: Version, lookup: Lookup): Version | undefined {
  const { collection, id, baseRev } = incoming;
  let earlier: Version | undefined = current;
  for (let steps = 0; earlier !== undefined && earlier.rev !== baseRev && steps < ancestorsAtMost; steps += 1) {
    if (isMergeOf(earlier, incoming)) return incoming;
    earlier = earlier.baseRev === null ? undefined : lookup.byRev(collection, id, earlier.baseRev);
  }
  return baseRev === null ? undefined : lookup.byRev(collection, id, baseRev);
}

/** Whether a version is the one of that rev, was written over it, or was merged out of it. */
const isMadeOf = (version: Version, rev: string): boolean => version.rev === rev || version.baseRev === rev || isMergeOf(version, { rev });

const inOrderOfRevs = (one: Version, two: Version): [Version, Version] => (one.rev < two.rev ? [one, two] : [two, one]);

function mergedVersion(current: Version, incoming: Version, { content, deleted }: Merged): Version {
  const [lesser, greater] = inOrderOfRevs(current, incoming);
  return {
    ...greater,
    rev: mergeRev(lesser.rev, greater.rev, content, deleted),
    baseRev: current.rev,
    content: content as Version['content'],
    deleted,
    createdAt: lesser.createdAt < greater.createdAt ? lesser.createdAt : greater.createdAt,
    updatedAt: lesser.updatedAt > greater.updatedAt ? lesser.updatedAt : greater.updatedAt,
  };
}

/**
 * What a person has to settle; undefined where that is known. Its id is that of the values: a restored server that merges the same
 * versions in another order finds the same clash. Where values that were settled clash again between other versions, it is another time,
 * whose id is made of the one before: two servers that merge the same version each with what stands there ask once.
 */
function conflictDocument(merged: Version, versions: [Version, Version], { clashes }: Merged, lookup: Lookup): Version | undefined {
  const content = conflictContent(merged, inOrderOfRevs(...versions), clashes);
  const values = content.clashes.map(({ path, values: both }) => [path, both]);
  for (let id = derivedId('conflict', merged.collection, merged.id, values); ; id = derivedId('conflict', merged.collection, merged.id, values, id)) {
    const known = lookup.current('conflicts', id);
    if (known === undefined) return conflictVersion(id, merged, inOrderOfRevs(...versions)[1], content);
    if (known.content === null || known.content['status'] === 'open') return undefined;
    if ((known.content['sides'] as ConflictContent['sides']).some(({ rev }) => versions.some((version) => isMadeOf(version, rev)))) return undefined;
  }
}

/** The sides in the order of their values: their revs are others where they were merged in another order. */
function conflictContent(merged: Version, [lesser, greater]: [Version, Version], clashes: Clash[]): ConflictContent {
  const side = ({ rev, updatedBy, updatedAt, deviceId }: Version) => ({ rev, by: updatedBy, at: updatedAt, deviceId });
  const compartment = compartmentOf(merged);
  const [left, right] = (clashes[0] as Clash).values;
  const isTurned = canonicalText(left) > canonicalText(right);
  return {
    collection: merged.collection,
    documentId: merged.id,
    ...(compartment?.kind === 'granted' && { [rootFields[compartment.root]]: compartment.id }),
    sides: isTurned ? [side(greater), side(lesser)] : [side(lesser), side(greater)],
    clashes: isTurned ? clashes.map(turned) : clashes,
    status: 'open',
  };
}

const turned = ({ values: [left, right], kept, ...clash }: Clash): Clash => ({ ...clash, values: [right, left], kept: kept === 0 ? 1 : 0 });

const conflictVersion = (id: string, merged: Version, { updatedBy, deviceId }: Version, content: ConflictContent): Version => ({
  collection: 'conflicts', id, rev: derivedId('conflict-rev', content), baseRev: null, deleted: false, createdAt: merged.updatedAt, updatedAt: merged.updatedAt, updatedBy, deviceId, content,
});
