import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { lastTime } from '../storage/audit-entries.ts';
import type { Context } from './context.ts';

const hour = 3_600_000;

/**
 * Records in the audit that somebody looked at something: once an hour for one person and one document, so that
 * leafing back and forth does not bury the rest. A clock that was moved by more than that records it again.
 */
export function recordViewed(
  { workstation, store, actor }: Context,
  action: Extract<AuditAction, `${string}.viewed`>,
  about: { collection: CollectionName; documentId: string; patientId: string },
): void {
  const last = lastTime(store.connection, { actorId: actor.id, action, ...about });
  if (last !== undefined && Math.abs(store.now().getTime() - Date.parse(last)) < hour) return;
  workstation.audit({ actor, action, about });
}
