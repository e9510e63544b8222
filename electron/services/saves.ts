import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { LastSave } from '../../shared/contract/habits.ts';
import { fail } from '../../shared/errors.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { mayFollow, policyOf } from '../../shared/sync/policies.ts';
import type { WireDocument } from '../../shared/sync/protocol.ts';
import type { Contents, StoredDocument } from '../storage/collections.ts';
import { lastSaveOf, revisionOf, type LastSaveRow } from '../storage/habits.ts';
import { untouchedPatients } from '../storage/import-batches.ts';
import { documentsOf } from '../storage/replica/change-sets.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';

/** For so long a save is one's last: later nobody knows what the key would take back. */
const undoneWithin = 5 * 60_000;

/** What one person writes in a form. What others were told of at once (a slot, a call, a merge) is changed where it was done. */
const undoable: ReadonlySet<AuditAction> = new Set([
  'patient.created', 'patient.updated', 'patient.deleted', 'record.created', 'record.updated', 'record.deleted',
  'allergy.created', 'allergy.updated', 'condition.created', 'condition.updated', 'observation.created', 'observation.updated',
  'immunization.created', 'immunization.updated', 'document.updated', 'document.deleted', 'order.stopped',
  'text-template.created', 'text-template.updated', 'text-template.deleted', 'favourite.added', 'favourite.removed', 'save.undone',
]);
/** Not offered; to whoever asks all the same, what was signed says why it stays. */
const signing: ReadonlySet<AuditAction> = new Set(['record.signed', 'record.amended', 'order.signed']);

/** The last save of the signed-in user here, while it can be undone. */
export function lastSave(context: Context): LastSave | null {
  const found = find(context);
  if (found === undefined || !undoable.has(found.action)) return null;
  const { changeSetId, action, savedAt } = found;
  return { changeSetId, action, savedAt };
}

/** Brings back what stood before a save. Fails with `undo-nothing`, `undo-signed`, `undo-changed-since` or `undo-not-offered`. */
export function undoSave(context: Context, { changeSetId }: CallParsed<'saves.undo'>): CallOutput<'saves.undo'> {
  const { store, actor } = context;
  const save = find(context, changeSetId) ?? fail({ code: 'undo-nothing' });
  if (!undoable.has(save.action) && !signing.has(save.action)) fail({ code: 'undo-not-offered' });
  const written = documentsOf(store.connection, save.seq).filter(({ collection }) => collection !== 'auditEntries');
  const patientIds = new Set(written.flatMap(({ collection, id, content }) => (collection === 'patients' ? [id] : [content?.['patientId']])));
  const [patientId] = patientIds;
  const about = patientIds.size === 1 && typeof patientId === 'string' ? { patientId } : {};
  store.commit({ actor, action: 'save.undone', about }, (transaction) => {
    for (const document of written) bringBack(context, transaction, save, document);
  });
  return { undone: save.action };
}

function find({ store, user }: Context, changeSetId?: string): LastSaveRow | undefined {
  const since = new Date(store.now().getTime() - undoneWithin).toISOString();
  return lastSaveOf(store.connection, { userId: user.id, since, changeSetId });
}

function bringBack({ store }: Context, transaction: Transaction, save: LastSaveRow, written: WireDocument): void {
  const { id, rev, baseRev } = written;
  const collection = written.collection as CollectionName;
  const present = store.get(collection, id);
  if (present?.rev !== rev) return fail({ code: 'undo-changed-since' });
  const content = contentOf(present) as Record<string, unknown>;
  const before = baseRev === null ? undefined : (revisionOf(store.connection, collection, id, baseRev) ?? fail({ code: 'undo-changed-since' }));
  if (!mayFollow(collection, content, before?.content ?? null) || (before === undefined && policyOf(collection).sealed?.(content) === true)) return fail({ code: 'undo-signed' });
  if (before === undefined) return takeOut(store, transaction, save, present, collection);
  if (before.deleted !== present.deleted) return before.deleted ? transaction.remove(collection, id, { over: rev }) : void transaction.restore(collection, id, { over: rev });
  transaction.update(collection, id, before.content as unknown as Contents[typeof collection], { over: rev });
}

/** What was new goes to the trash, unless somebody has worked with it since. */
function takeOut(store: Context['store'], transaction: Transaction, save: LastSaveRow, { id, rev }: StoredDocument<CollectionName>, collection: CollectionName): void {
  if (collection === 'patients' && !untouchedPatients(store.connection, { batchId: '', changeSeq: save.seq }).some((patient) => patient.id === id)) fail({ code: 'undo-changed-since' });
  transaction.remove(collection, id, { over: rev });
}
