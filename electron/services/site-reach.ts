import type { ChangeSetRow, Fleet } from '../../shared/contract/sync.ts';
import { can } from '../../shared/permissions.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
import { listFleet } from './fleet.ts';

/** A list of changes does not wait longer for a server that may be slow: which sites have them is then left out. */
const patience = 2000;

/**
 * Adds to each change on the server which sites have read it. Only for who may see the fleet: the server tells nobody else.
 * Left as it is where the server does not answer.
 */
export async function withSites(context: Context, rows: ChangeSetRow[]): Promise<ChangeSetRow[]> {
  if (rows.length === 0 || !can(context.user.role, 'sync.manage')) return rows;
  const fleet = await Promise.race([listFleet(context).catch(() => undefined), after(patience)]);
  if (fleet === undefined) return rows;
  return rows.map((row) => ({ ...row, sites: sitesOf(row, fleet, holders(context.store)) }));
}

const after = (milliseconds: number) => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), milliseconds).unref());

/**
 * The sites in whose scope a change set is and that have other workstations than this one. A site has it when each of those is
 * as far; a workstation that was revoked reads nothing any more and is waited for by nobody.
 */
export function sitesOf(
  { documents, serverPosition = Infinity }: Pick<ChangeSetRow, 'documents' | 'serverPosition'>,
  { sites, workstations }: Pick<Fleet, 'sites' | 'workstations'>,
  holdersOf: (patientId: string) => string[],
): NonNullable<ChangeSetRow['sites']> {
  const forAll = documents.some(({ patientId }) => patientId === undefined);
  const holding = new Set(documents.flatMap(({ patientId }) => (patientId === undefined ? [] : holdersOf(patientId))));
  const others = workstations.filter(({ self, state }) => !self && state === 'active');
  return sites
    .map(({ id, name }) => ({ id, name, there: others.filter(({ siteId }) => siteId === id) }))
    .filter(({ id, there }) => there.length > 0 && (forAll || holding.has(id)))
    .map(({ name, there }) => ({ name, has: there.every(({ position }) => position >= serverPosition) }));
}

/** Sites that hold a patient; one without a list of sites belongs to the site that registered it, which is this one. */
function holders(store: Store): (patientId: string) => string[] {
  const own = store.siteId === undefined ? [] : [store.siteId];
  return (patientId) => store.get('patients', patientId)?.siteIds ?? own;
}
