import type { Version } from './version.ts';
import { derivedId } from './derived-id.ts';

/** How far back a version is followed: each one before it is looked up. */
export const ancestorsAtMost = 20;

/** The rev of a merge: two servers that merge the same versions agree on it. */
export function mergeRev(one: string, other: string, content: unknown, deleted: boolean): string {
  const [lesser, greater] = one < other ? [one, other] : [other, one];
  return derivedId('merge', lesser, greater, content, deleted);
}

/** Whether a version was made by a server out of another one and the one it names as its base. */
export const isMergeOf = ({ rev, baseRev, content, deleted }: Version, part: { rev: string }): boolean => baseRev !== null && rev === mergeRev(baseRev, part.rev, content, deleted);
