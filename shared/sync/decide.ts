import type { ConflictContent } from '../schema/conflict.ts';
import { derivedId } from './derived-id.ts';
import { mergeVersions, type Merged } from './merge.ts';
import type { ChangeSet, RevRef, WireDocument } from './protocol.ts';

/** A version as the server keeps it. */
export interface Version extends WireDocument {
  /** The device that it was written on; of a merge, the device whose version of the two has the greater rev. */
  deviceId: string;
}

/** What the server holds of the documents of a change set, with what earlier change sets of the same transaction wrote. */
export interface Lookup {
  current(collection: string, id: string): Version | undefined;
  /** Any version, branches too. */
  byRev(collection: string, id: string, rev: string): Version | undefined;
}

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
}

/**
 * Decides what a pushed change set writes. Revs decide and no clock does: a version written over the current one takes its
 * place; a known one is a repeat; any other is merged three ways from the version it was written over. Depends on nothing
 * but its input, so that two servers which take the same change sets in the same order hold the same revs.
 */
export function decideChangeSet(changeSet: ChangeSet, lookup: Lookup): Decision {
  const decision: Decision = { writes: [], merged: [], repeated: [] };
  for (const document of changeSet.documents) decideDocument({ ...document, deviceId: changeSet.deviceId }, lookup, decision);
  return decision;
}

function decideDocument(incoming: Version, lookup: Lookup, decision: Decision): void {
  const { collection, id, rev } = incoming;
  const current = lookup.current(collection, id);
  if (lookup.byRev(collection, id, rev) !== undefined) decision.repeated.push({ collection, id, rev });
  else if (current === undefined || (incoming.baseRev === current.rev && current.content !== null)) decision.writes.push({ document: incoming, branch: false });
  else mergeInto(current, incoming, lookup, decision);
}

function mergeInto(current: Version, incoming: Version, lookup: Lookup, decision: Decision): void {
  const { collection, id } = incoming;
  const base = incoming.baseRev === null ? undefined : lookup.byRev(collection, id, incoming.baseRev);
  const merged = mergeVersions(collection, base, current, incoming);
  const document = mergedVersion(current, incoming, merged);
  // What comes late to a purged document leaves nothing of its content behind.
  const branch = merged.content === null ? { ...incoming, content: null } : incoming;
  decision.writes.push({ document: branch, branch: true }, { document, branch: false });
  decision.merged.push({ collection, id, rev: document.rev });
  const conflict = merged.clashes.length === 0 ? undefined : conflictDocument(document, [current, incoming], merged);
  // A clash that is known stays as it stands: it may have been settled since.
  if (conflict !== undefined && lookup.current(conflict.collection, conflict.id) === undefined) {
    decision.writes.push({ document: conflict, branch: false });
  }
}

const inOrderOfRevs = (one: Version, two: Version): [Version, Version] => (one.rev < two.rev ? [one, two] : [two, one]);

function mergedVersion(current: Version, incoming: Version, { content, deleted }: Merged): Version {
  const [lesser, greater] = inOrderOfRevs(current, incoming);
  return {
    ...greater,
    rev: derivedId('merge', lesser.rev, greater.rev, content, deleted),
    baseRev: current.rev,
    content: content as Version['content'],
    deleted,
    createdAt: lesser.createdAt < greater.createdAt ? lesser.createdAt : greater.createdAt,
    updatedAt: lesser.updatedAt > greater.updatedAt ? lesser.updatedAt : greater.updatedAt,
  };
}

function conflictDocument(merged: Version, versions: [Version, Version], { clashes }: Merged): Version {
  const [lesser, greater] = inOrderOfRevs(...versions);
  const side = ({ rev, updatedBy, updatedAt, deviceId }: Version) => ({ rev, by: updatedBy, at: updatedAt, deviceId });
  const patientId = merged.collection === 'patients' ? merged.id : (merged.content?.['patientId'] as string | undefined);
  const content: ConflictContent = {
    collection: merged.collection,
    documentId: merged.id,
    ...(patientId !== undefined && { patientId }),
    sides: [side(lesser), side(greater)],
    clashes,
    status: 'open',
  };
  return {
    collection: 'conflicts',
    id: derivedId('conflict', merged.collection, merged.id, lesser.rev, greater.rev),
    rev: derivedId('conflict-rev', content),
    baseRev: null,
    deleted: false,
    createdAt: merged.updatedAt,
    updatedAt: merged.updatedAt,
    updatedBy: greater.updatedBy,
    deviceId: greater.deviceId,
    content,
  };
}
