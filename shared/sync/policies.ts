import { same } from './canonical.ts';
import type { Content } from './content.ts';
import { slotRule, type Exclusion } from './exclusion.ts';
import type { RevRef } from './protocol.ts';

/**
 * How concurrent edits of one field merge.
 * - `register`: one value; two different edits clash.
 * - `text`: lines; edits of different lines both stand, edits of the same lines clash.
 * - `object`: each field by itself, as registers.
 * - `set`: values without order; what either side added is in, what either side took out is out.
 * - `gravest`: one value; of two different edits the one that warns more is shown, and the other is kept beside it.
 * - `latest`: bookkeeping that no person typed; the greater value, no clash.
 */
export type FieldPolicy = 'register' | 'text' | 'object' | 'set' | 'latest' | 'gravest';

export interface CollectionPolicy {
  /** Fields that are not named are registers, those that only a newer version knows too. */
  fields: Readonly<Record<string, FieldPolicy>>;
  /** A document that this says is sealed is never merged: it stands whole against another version, which is kept beside it. */
  sealed?: (content: Content) => boolean;
  /** Whether a version may take the place of a sealed one. */
  amends?: (sealed: Content, next: Content) => boolean;
  /** Documents that may not stand beside each other, and what becomes of the later one. */
  exclusion?: Exclusion;
  /** The documents that one of this collection seals, each in a version: only what `amends` them may follow. */
  seals?: (content: Content) => readonly RevRef[];
}

/** Signed means signed: a signed or amended record is amended by people and never put together by a machine. */
const signed = (content: Content): boolean => content['status'] === 'signed' || content['status'] === 'amended';

/** What was signed stays under its signature: the next version says who changed it and why, after all who did so before. */
function amended(before: Content, after: Content): boolean {
  const [known, now] = [before['amendments'] ?? [], after['amendments']];
  if (after['status'] !== 'amended' || !Array.isArray(known) || !Array.isArray(now)) return false;
  return same(before['signature'], after['signature']) && now.length > known.length && same(now.slice(0, known.length), known);
}

/** A signed order stands as it was signed: what follows may stop, complete or revoke it, and nothing else. */
const signedOrder = (content: Content): boolean => content['signature'] !== undefined;
const ofItsCourse: ReadonlySet<string> = new Set(['status', 'statusReason', 'statusChange', 'performedDateTime', 'performedEndDateTime']);
const ordered = (content: Content): Content => Object.fromEntries(Object.entries(content).filter(([field]) => !ofItsCourse.has(field)));
const followsOrder = (before: Content, after: Content): boolean => after['status'] !== 'draft' && same(ordered(before), ordered(after));

/** What was sent stays as it was sent; sites may be taken off its list but for the sender's, and none be added. */
function endsSharing({ siteIds: before, ...sent }: Content, { siteIds: after, ...now }: Content): boolean {
  return same(sent, now) && Array.isArray(before) && Array.isArray(after) && after.includes(sent['senderSiteId']) && after.every((siteId) => before.includes(siteId));
}

/** What was measured or given by mistake still says so where its chart is sealed, and nothing else. */
const ofMistake: ReadonlySet<string> = new Set(['status', 'note']);
const measured = (content: Content): Content => Object.fromEntries(Object.entries(content).filter(([field]) => !ofMistake.has(field)));
const enteredInError = (before: Content, after: Content): boolean => after['status'] === 'entered-in-error' && same(measured(before), measured(after));

/** A sealed chart may be moved to another shelf; it is sealed anew by somebody who says why, after all who did so before. */
function sealedAnew({ location: _was, ...before }: Content, { location: _is, ...after }: Content): boolean {
  if (same(before, after)) return true;
  const [known, now] = [before['amendments'] ?? [], after['amendments']];
  if (!Array.isArray(known) || !Array.isArray(now) || now.length <= known.length || !same(now.slice(0, known.length), known)) return false;
  const { entry: _entries, amendments: _before, ...chart } = before;
  const { entry: _anew, amendments: _after, ...still } = after;
  return same(chart, still);
}

/** When a provider last saw a resource, and since when not: nobody typed it. */
const observed = { observedAt: 'latest', vanishedAt: 'latest' } as const;

const policies: Readonly<Record<string, CollectionPolicy>> = {
  patients: { fields: { emergencyContact: 'object', notes: 'text', siteIds: 'set', link: 'set', distinctFrom: 'set' } },
  medicalRecords: { fields: {}, sealed: signed, amends: amended },
  // The attachment is one value: a hash never stands beside the size of other bytes. What went along with a shared chart stays as it was sent.
  documentReferences: { fields: {}, sealed: ({ sharedChartId }) => sharedChartId !== undefined },
  // Each allergy is a document: those of two sites stand side by side. Of two edits of one, the graver is in sight.
  allergyIntolerances: { fields: { clinicalStatus: 'gravest', verificationStatus: 'gravest', criticality: 'gravest', reaction: 'set', note: 'text' } },
  conditions: { fields: { note: 'text' } },
  observations: { fields: { note: 'text' }, amends: enteredInError },
  medicationRequests: { fields: { note: 'text' }, sealed: signedOrder, amends: followsOrder },
  serviceRequests: { fields: { note: 'text' }, sealed: signedOrder, amends: followsOrder },
  immunizations: { fields: { note: 'text' }, amends: enteredInError },
  // A part of a table is one value: what two loaded at once is never put together of both.
  codeTables: { fields: {} },
  textTemplates: { fields: { text: 'text', chiefComplaint: 'text', diagnosis: 'text', treatment: 'text', prescription: 'text' } },
  favourites: { fields: {} },
  appointments: { fields: {}, exclusion: slotRule },
  encounters: { fields: { calledAt: 'latest', endedAt: 'latest' } },
  // Accepted here and cancelled there is for people to settle. Who did so, and the receipts, nobody typed.
  referrals: { fields: { siteIds: 'set', statusChange: 'latest', received: 'latest', read: 'latest', handedOver: 'latest' } },
  sharedCharts: { fields: { siteIds: 'set' }, sealed: () => true, amends: endsSharing },
  communications: { fields: { received: 'latest', read: 'latest' } },
  careTasks: { fields: { statusChange: 'latest', received: 'latest', read: 'latest' } },
  archivedCharts: { fields: {}, sealed: () => true, amends: sealedAnew, seals: ({ entry }) => (Array.isArray(entry) ? (entry as RevRef[]) : []) },
  // A folder that is back is back, whoever noted it first.
  chartLoans: { fields: { returned: 'latest', returnedAt: 'latest' } },
  users: { fields: { credential: 'register' } },
  sites: { fields: { departments: 'set', rooms: 'set', sealKeys: 'set' } },
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

/** Every collection that replicates says how it merges; a newer version's are registers. */
export const declaredPolicies = Object.keys(policies);
const plain: CollectionPolicy = { fields: {} };
export const policyOf = (collection: string): CollectionPolicy =>
  (Object.hasOwn(policies, collection) ? policies[collection] : undefined) ?? plain;

/** Whether a version may simply take the place of the one it was written over. Throwing away, taking back and purging always may. */
export function mayFollow(collection: string, before: Content | null, after: Content | null): boolean {
  const { sealed, amends } = policyOf(collection);
  if (before === null || after === null || sealed?.(before) !== true) return true;
  return same(before, after) || amends?.(before, after) === true;
}

/** Whether a version may follow one that is sealed in a chart: what its collection takes for an amendment, and nothing is thrown away. */
export function mayFollowSealed(collection: string, before: { content: Content | null; deleted: boolean }, after: { content: Content | null; deleted: boolean }): boolean {
  if (before.content === null || after.content === null || (after.deleted && !before.deleted)) return false;
  return same(before.content, after.content) || policyOf(collection).amends?.(before.content, after.content) === true;
}

/** By what a document is found when others are decided: what it may stand in the way of, and what it seals and whose. */
export function lookupKeys(collection: string, content: Content): string[] {
  const { exclusion, seals } = policyOf(collection);
  return [...(exclusion?.keys(content) ?? []), ...(seals === undefined ? [] : [String(content['patientId']), ...seals(content).map(({ id }) => id)])];
}

/** From what warns least to what warns most; a word that this version does not know stands in the middle. */
const gravity = ['entered-in-error', 'refuted', 'resolved', 'inactive', 'low', 'unable-to-assess', 'unconfirmed', 'confirmed', 'active', 'high'];
const middle = gravity.indexOf('unable-to-assess');

/** How much a value warns, for fields of the policy `gravest`. */
export const gravityOf = (value: unknown): number => {
  const found = gravity.indexOf(String(value));
  return found === -1 ? middle : found;
};
