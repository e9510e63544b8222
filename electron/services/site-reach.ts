import type { ChangeSetRow } from '../../shared/contract/sync.ts';
import type { UpstreamReach } from '../../shared/sync/protocol.ts';
import type { Store } from '../storage/store.ts';
import { sitePositions, upstreamReach } from '../storage/surroundings.ts';
import type { Context } from './context.ts';

/** A list of changes does not wait longer for a server that may be slow: it says what was last known. */
const patience = 2000;

/** Adds to each change on the server which sites have read it, as far as this workstation was told; offline as it was told last. */
export async function withSites({ workstation, store }: Context, rows: ChangeSetRow[]): Promise<ChangeSetRow[]> {
  if (rows.length === 0) return rows;
  await Promise.race([workstation.sync.askSurroundings(), after(patience)]);
  const positions = sitePositions(store.connection);
  if (positions === undefined) return rows;
  const sites = [...positions].map(([id, position]) => ({ id, name: store.get('sites', id)?.name ?? '', position }));
  const upstream = upstreamReach(store.connection);
  return rows.map((row) => {
    const central = upstream === undefined ? undefined : centralOf(row, upstream);
    return { ...row, sites: central === 'refused' ? [] : sitesOf(row, sites, holders(store)), ...(central !== undefined && { central }) };
  });
}

/** Whether what stands at a place in the server's order is known to be on the one that it follows. */
export function centralOf({ serverPosition = Infinity }: Pick<ChangeSetRow, 'serverPosition'>, { position, refused }: UpstreamReach): NonNullable<ChangeSetRow['central']> {
  if (refused.includes(serverPosition)) return 'refused';
  return serverPosition <= position ? 'there' : 'waiting';
}

const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());

/** A site that has other workstations than this one, and how far all of those have read. */
interface SiteReached {
  id: string;
  name: string;
  position: number;
}

/** The sites in whose scope a change set is, each with whether all its other workstations have read it. */
export function sitesOf(
  { documents, serverPosition = Infinity }: Pick<ChangeSetRow, 'documents' | 'serverPosition'>,
  sites: readonly SiteReached[],
  holdersOf: (patientId: string) => string[],
): NonNullable<ChangeSetRow['sites']> {
  const forAll = documents.some(({ patientId }) => patientId === undefined);
  const holding = new Set(documents.flatMap(({ patientId }) => (patientId === undefined ? [] : holdersOf(patientId))));
  return sites.filter(({ id }) => forAll || holding.has(id)).map(({ name, position }) => ({ name, has: position >= serverPosition }));
}

/** Sites that hold a patient; one without a list of sites belongs to the site that registered it, which is this one. */
function holders(store: Store): (patientId: string) => string[] {
  const own = store.siteId === undefined ? [] : [store.siteId];
  return (patientId) => store.get('patients', patientId)?.siteIds ?? own;
}
