import type { ChangeSet, DocumentRef, Refusal, WireDocument } from '../../shared/sync/protocol.ts';
import { compartmentOf } from '../../shared/sync/scope.ts';
import type { Grants } from './grants.ts';
import type { Held } from './held.ts';
import { compartmentText, isPatient } from './landing.ts';

/** The compartment that a document claims, and the one it stands in. One that was purged before it came stands in none. */
export function compartmentsOf(document: WireDocument, held: Held): string[] {
  const current = held.current(document.collection, document.id);
  const claimed = compartmentText(document, current);
  return current === undefined || (current.contentText === null && !isPatient(current.compartment)) ? [claimed] : [claimed, current.compartment];
}

export interface Permission {
  deviceId: string;
  held: Held;
  grants: Grants;
  /** See {@link import('./lock.ts').Standing}. */
  sites: ReadonlySet<string>;
  /** A restored database may have lost grants. A workstation that names a rev of the document has held it. */
  restored: boolean;
}

/**
 * An id in a change set by which the device calls something that it must not know of: a patient that none of its sites ever held, a
 * document about one, or an audit entry of another device (whose holder is the device alone, for it tells nobody). A patient
 * is a device's to write about when a site of it holds or held the patient, or when nobody does yet.
 */
export function foreignOf({ documents }: ChangeSet, permission: Permission): (DocumentRef & { holderId?: string }) | undefined {
  for (const document of documents) {
    const { collection, id } = document;
    const [claimed, stands] = compartmentsOf(document, permission.held) as [string, string?];
    if (stands !== undefined && !mayWrite(document, stands, permission)) return { collection, id };
    if (!mayWrite(document, claimed, permission)) return { collection: rootOf(document), id: claimed };
    const current = permission.held.current(document.collection, document.id);
    if (document.collection === 'auditEntries' && current !== undefined && current.rev !== document.rev && current.deviceId !== permission.deviceId) {
      return { collection, id, holderId: permission.deviceId };
    }
  }
  return undefined;
}

/** The collection of what a document claims to belong to. */
function rootOf(document: WireDocument): string {
  const compartment = compartmentOf(document);
  return compartment?.kind === 'granted' ? compartment.root : 'patients';
}

/** Why a device may not write a change set. A document never moves from one patient to another, and an audit entry is written once. */
export function refusalOf({ documents }: ChangeSet, permission: Permission): Refusal | undefined {
  for (const document of documents) {
    const [claimed, stands = claimed] = compartmentsOf(document, permission.held) as [string, string?];
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
