import { same } from './canonical.ts';

/**
 * How concurrent edits of one field merge.
 * - `register`: one value; two different edits clash.
 * - `text`: lines; edits of different lines both stand, edits of the same lines clash.
 * - `object`: each field by itself, as registers.
 * - `set`: values without order; what either side added is in, what either side took out is out.
 * - `latest`: bookkeeping that no person typed; the greater value, no clash.
 */
export type FieldPolicy = 'register' | 'text' | 'object' | 'set' | 'latest';

export interface CollectionPolicy {
  /** Fields that are not named are registers, those that only a newer version knows too. */
  fields: Readonly<Record<string, FieldPolicy>>;
  /** A document that this says is sealed is never merged: it stands whole against another version, which is kept beside it. */
  sealed?: (content: Content) => boolean;
  /** Whether a version may take the place of a sealed one. */
  amends?: (sealed: Content, next: Content) => boolean;
}
export type Content = Readonly<Record<string, unknown>>;

/** Signed means signed: a signed or amended record is amended by people and never put together by a machine. */
const signed = (content: Content): boolean => content['status'] === 'signed' || content['status'] === 'amended';

/** What was signed stays under its signature: the next version says who changed it and why, after all who did so before. */
function amended(before: Content, after: Content): boolean {
  const [known, now] = [before['amendments'] ?? [], after['amendments']];
  if (after['status'] !== 'amended' || !Array.isArray(known) || !Array.isArray(now)) return false;
  return same(before['signature'], after['signature']) && now.length > known.length && same(now.slice(0, known.length), known);
}

/** When a provider last saw a resource, and since when not: nobody typed it. */
const observed = { observedAt: 'latest', vanishedAt: 'latest' } as const;

const policies: Readonly<Record<string, CollectionPolicy>> = {
  patients: { fields: { emergencyContact: 'object', notes: 'text', siteIds: 'set' } },
  medicalRecords: { fields: {}, sealed: signed, amends: amended },
  users: { fields: { credential: 'register' } },
  sites: { fields: { departments: 'set' } },
  // Settling twice is no clash of its own: if the choices differ, the document itself clashes again.
  // The same clash found by two servers, one of them lost: they merged the same values in another order.
  conflicts: { fields: { sides: 'latest', clashes: 'latest', status: 'latest', choice: 'latest', settledBy: 'latest', settledByName: 'latest', settledAt: 'latest' } },
  auditEntries: { fields: {} },
  hosts: { fields: { ...observed, capacity: 'object', overcommit: 'object' } },
  virtualMachines: { fields: { ...observed, demand: 'object', allowedHostIds: 'set' } },
  storagePools: { fields: { ...observed, used: 'latest' } },
  databases: { fields: { ...observed, size: 'latest' } },
  computeNodes: { fields: observed },
  tasks: { fields: { ...observed, times: 'object' } },
  // Its figures belong together: of two that were made of one period neither is taken apart.
  cloudReports: { fields: {}, sealed: () => true },
};

const plain: CollectionPolicy = { fields: {} };
export const policyOf = (collection: string): CollectionPolicy =>
  (Object.hasOwn(policies, collection) ? policies[collection] : undefined) ?? plain;

/** Whether a version may simply take the place of the one it was written over. Throwing away, taking back and purging always may. */
export function mayFollow(collection: string, before: Content | null, after: Content | null): boolean {
  const { sealed, amends } = policyOf(collection);
  if (before === null || after === null || sealed?.(before) !== true) return true;
  return same(before, after) || amends?.(before, after) === true;
}
