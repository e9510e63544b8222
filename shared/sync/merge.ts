import { merge as mergeLines } from 'node-diff3';
import type { Clash } from '../schema/conflict.ts';
import { canonicalText, same } from './canonical.ts';
import { gravityOf, policyOf, type CollectionPolicy, type FieldPolicy } from './policies.ts';
import type { Content } from './content.ts';

/** One of the versions to merge. */
export interface Side {
  rev: string;
  deleted: boolean;
  content: Content | null;
}

export interface Merged {
  deleted: boolean;
  /** Null: purged on one side, and purged stays purged. */
  content: Content | null;
  /** In terms of the two sides in the order of their revs. */
  clashes: Clash[];
}

/**
 * Merges two versions that were both written over `base` (undefined where their common version is not known) by the
 * collection's policy. Symmetric: the sides may come in any order. Every value that the result does not show is in a clash.
 */
export function mergeVersions(collection: string, base: Omit<Side, 'rev'> | undefined, one: Side, two: Side): Merged {
  const [left, right] = one.rev < two.rev ? [one, two] : [two, one];
  if (left.content === null || right.content === null) return { deleted: true, content: null, clashes: [] };
  const policy = policyOf(collection);
  const contents = mergeContents(policy, base?.content ?? undefined, left.content, right.content);
  const deletion = mergeDeletion(base, { ...left, content: left.content }, { ...right, content: right.content });
  return { content: contents.content, deleted: deletion.deleted, clashes: [...contents.clashes, ...deletion.clashes] };
}

/** One version stands as it is, whatever the other says, which is kept beside it. */
export function standAgainst(base: Omit<Side, 'rev'> | undefined, stands: Side & { content: Content }, other: Side & { content: Content }): Merged {
  const [left, right] = stands.rev < other.rev ? [stands, other] : [other, stands];
  return { deleted: stands.deleted, ...standWhole(left === stands ? 0 : 1, base?.content ?? undefined, left.content, right.content) };
}

/** What is sealed stands against whatever was written over it, and is not thrown away: what was changed is kept beside it. */
export function standSealed(base: Omit<Side, 'rev'> | undefined, sealed: Side & { content: Content }, other: Side & { content: Content }): Merged {
  const [left, right] = sealed.rev < other.rev ? [sealed, other] : [other, sealed];
  const kept = left === sealed ? 0 : 1;
  const changed = !same(other.content, sealed.content) && !same(other.content, base?.content);
  const contents = changed ? standWhole(kept, base?.content ?? undefined, left.content, right.content).clashes : [];
  const thrown = other.deleted && base?.deleted !== true;
  const deletion: Clash[] = thrown ? [{ path: 'deleted', base: { value: false }, values: [{ value: left.deleted }, { value: right.deleted }], kept }] : [];
  return { content: sealed.content, deleted: sealed.deleted, clashes: [...contents, ...deletion] };
}

interface Contents {
  content: Content;
  clashes: Clash[];
}

function mergeContents(policy: CollectionPolicy, base: Content | undefined, left: Content, right: Content): Contents {
  if (same(left, right) || same(right, base)) return { content: left, clashes: [] };
  if (same(left, base)) return { content: right, clashes: [] };
  const sealed = sealedSide(policy, left, right);
  return sealed === undefined ? mergeFields(policy.fields, base, left, right) : standWhole(sealed, base, left, right);
}

/** Which side stands whole: the sealed one; of two sealed ones that of the greater rev. */
function sealedSide({ sealed }: CollectionPolicy, left: Content, right: Content): 0 | 1 | undefined {
  if (sealed?.(right) === true) return 1;
  return sealed?.(left) === true ? 0 : undefined;
}

const standWhole = (kept: 0 | 1, base: Content | undefined, left: Content, right: Content): Contents => ({
  content: kept === 0 ? left : right,
  clashes: [{ path: '', base: optional(base), values: [{ value: left }, { value: right }], kept }],
});

function mergeFields(fields: Readonly<Record<string, FieldPolicy>>, base: Content | undefined, left: Content, right: Content): Contents {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  const merged = names.map((name) => {
    const policy = (own(fields, name) as FieldPolicy | undefined) ?? 'register';
    return [name, mergeField(policy, name, own(base, name), own(left, name), own(right, name))] as const;
  });
  return {
    content: Object.fromEntries(merged.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]))),
    clashes: merged.flatMap(([, { clashes }]) => clashes),
  };
}

/** Only what the object itself holds: a newer version may well call a field `constructor`. */
const own = (content: Content | undefined, name: string): unknown =>
  content !== undefined && Object.hasOwn(content, name) ? content[name] : undefined;

interface Field {
  value: unknown;
  clashes: Clash[];
}

function mergeField(policy: FieldPolicy, path: string, base: unknown, left: unknown, right: unknown): Field {
  if (same(left, right) || same(right, base)) return { value: left, clashes: [] };
  if (same(left, base)) return { value: right, clashes: [] };
  switch (policy) {
    case 'register':
      return clash(path, base, left, right);
    case 'gravest':
      return gravest(path, base, left, right);
    case 'latest':
      return { value: canonicalText(left) > canonicalText(right) ? left : right, clashes: [] };
    case 'text':
      return mergeText(path, base, left, right);
    case 'set':
      return { value: mergeSets(asList(base), asList(left), asList(right)), clashes: [] };
    case 'object':
      return mergeObjects(path, base, left, right);
  }
}

/** A value beats none: an emptied field never hides what somebody else wrote into it. */
function clash(path: string, base: unknown, left: unknown, right: unknown): Field {
  const kept = right === undefined || right === null ? 0 : 1;
  const entry: Clash = { path, base: optional(base), values: [optional(left), optional(right)], kept };
  return { value: kept === 0 ? left : right, clashes: [entry] };
}

/** As {@link clash}, but an allergy that one side calls resolved and the other active is shown as active. */
function gravest(path: string, base: unknown, left: unknown, right: unknown): Field {
  const field = clash(path, base, left, right);
  const [one, two] = [gravityOf(left), gravityOf(right)];
  if (one === two || left === undefined || right === undefined) return field;
  const kept = one > two ? 0 : 1;
  return { value: kept === 0 ? left : right, clashes: field.clashes.map((entry) => ({ ...entry, kept })) };
}

const optional = (value: unknown): { value?: unknown } => (value === undefined ? {} : { value });

function mergeText(path: string, base: unknown, left: unknown, right: unknown): Field {
  if (typeof base !== 'string' || typeof left !== 'string' || typeof right !== 'string') return clash(path, base, left, right);
  const { conflict, result } = mergeLines(left.split('\n'), base.split('\n'), right.split('\n'), { excludeFalseConflicts: true });
  return conflict ? clash(path, base, left, right) : { value: result.join('\n'), clashes: [] };
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** In one order whoever merges. An emptied set stays there as an empty one: the field may be one that a document must have. */
function mergeSets(base: unknown[], left: unknown[], right: unknown[]): unknown[] {
  const text = (list: unknown[]) => new Set(list.map(canonicalText));
  const [before, ours, theirs] = [text(base), text(left), text(right)];
  const stays = (item: string) => (ours.has(item) && theirs.has(item)) || !before.has(item);
  return [...new Set([...ours, ...theirs])].filter(stays).sort().map((item) => JSON.parse(item) as unknown);
}

function mergeObjects(path: string, base: unknown, left: unknown, right: unknown): Field {
  if (!isObject(left) || !isObject(right)) return clash(path, base, left, right);
  const { content, clashes } = mergeFields({}, isObject(base) ? base : undefined, left, right);
  return { value: content, clashes: clashes.map((inner) => ({ ...inner, path: `${path}.${inner.path}` })) };
}

const isObject = (value: unknown): value is Content => value !== null && typeof value === 'object' && !Array.isArray(value);

/** A document that one person threw away while another went on writing it stays, and both are told. */
function mergeDeletion(
  base: Omit<Side, 'rev'> | undefined,
  left: Side & { content: Content },
  right: Side & { content: Content },
): { deleted: boolean; clashes: Clash[] } {
  if (left.deleted === right.deleted) return { deleted: left.deleted, clashes: [] };
  const kept = left.deleted ? 1 : 0;
  const [stays, thrown] = left.deleted ? [right, left] : [left, right];
  const untouched = base !== undefined && same(stays.content, base.content);
  if (untouched) return { deleted: base.deleted ? stays.deleted : thrown.deleted, clashes: [] };
  if (base?.deleted === true) return { deleted: false, clashes: [] };
  return { deleted: false, clashes: [{ path: 'deleted', base: { value: false }, values: [{ value: left.deleted }, { value: right.deleted }], kept }] };
}
