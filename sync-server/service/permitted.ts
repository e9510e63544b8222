import type { ChangeSet, Refusal, WireDocument } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { Grants } from './grants.ts';
import type { Held } from './held.ts';
import { compartmentText, isPatient, serverOnly } from './landing.ts';
import type { Carrier } from './sessions.ts';

/** The sites that a device belongs or belonged to: what it wrote there and could not send before it was moved is still taken. */
export async function formerSites(queries: Queries, { deviceId }: Pick<Carrier, 'deviceId'>): Promise<ReadonlySet<string>> {
  const rows = await queries.rows<{ siteId: string }>('SELECT site_id AS siteId FROM device_sites WHERE device_id = ?', [deviceId]);
  return new Set(rows.map(({ siteId }) => siteId));
}

/** The compartment that a document claims, and the one it stands in. One that was purged before it came stands in none. */
export function compartmentsOf(document: WireDocument, held: Held): string[] {
  const current = held.current(document.collection, document.id);
  const claimed = compartmentText(document, current);
  return current === undefined || (current.contentText === null && current.compartment === serverOnly) ? [claimed] : [claimed, current.compartment];
}

export interface Permission {
  held: Held;
  grants: Grants;
  /** See {@link formerSites}. */
  sites: ReadonlySet<string>;
  /** A restored database may have lost grants. A workstation that names a rev of the document has held it. */
  restored: boolean;
}

/**
 * Why a device may not write a change set. A patient is its to write about when a site of it holds or held the patient, or when
 * nobody does yet. A document never moves from one patient to another, and an audit entry is written once.
 */
export function refusalOf({ documents }: ChangeSet, permission: Permission): Refusal | undefined {
  for (const document of documents) {
    const [claimed, stands = claimed] = compartmentsOf(document, permission.held) as [string, string?];
    if (!mayWrite(document, claimed, permission) || !mayWrite(document, stands, permission)) return 'out-of-scope';
    if (claimed !== stands) return 'invalid-document';
    const current = permission.held.current(document.collection, document.id);
    if (document.collection === 'auditEntries' && current !== undefined && current.rev !== document.rev) return 'not-permitted';
  }
  return undefined;
}

function mayWrite({ collection, id, rev, baseRev }: WireDocument, compartment: string, { held, grants, sites, restored }: Permission): boolean {
  const known = isPatient(compartment) ? grants.of(compartment) : [];
  if (known.length === 0 || known.some(({ site_id }) => sites.has(site_id))) return true;
  return restored && [rev, baseRev].some((named) => named !== null && held.byRev(collection, id, named) !== undefined);
}
