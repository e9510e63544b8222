import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { ConflictRow, ConflictSide } from '../../shared/contract/sync.ts';
import { fail } from '../../shared/errors.ts';
import { can, type Permission } from '../../shared/permissions.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import type { Conflict, ConflictContent } from '../../shared/schema/conflict.ts';
import type { Content } from '../../shared/sync/content.ts';
import { mayFollow, policyOf } from '../../shared/sync/policies.ts';
import { validateDocument } from '../../shared/sync/validate.ts';
import type { Contents } from '../storage/collections.ts';
import { findBeforeSettlement, listConflicts as queryConflicts, readText } from '../storage/conflicts.ts';
import { isSealedDocument } from '../storage/sealed-charts.ts';
import { findWorkstation } from '../storage/surroundings.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import { presentValue, settle } from './settlements.ts';

/** What may clash: drafts, settings and clinical reports stay on the workstation, audit entries are never changed, and settling twice is no clash. */
type ClashingCollection = Exclude<CollectionName, 'drafts' | 'settings' | 'clinicalReports' | 'auditEntries' | 'conflicts'>;

interface Access {
  see: Permission;
  write: Permission;
  title: string;
}
const resource: Access = { see: 'resource.read', write: 'resource.manage', title: 'name' };

/** Who may see a conflict on a document, and who may write what settles it: a clash in a collection that is missing would wait where nobody looks. */
const access: Readonly<Record<ClashingCollection, Access>> = {
  patients: { see: 'patient.read', write: 'patient.write', title: 'name' },
  medicalRecords: { see: 'record.read', write: 'record.write', title: 'chiefComplaint' },
  allergyIntolerances: { see: 'record.read', write: 'chart.write', title: 'code.text' },
  conditions: { see: 'record.read', write: 'chart.write', title: 'code.text' },
  observations: { see: 'record.read', write: 'chart.write', title: 'code.text' },
  immunizations: { see: 'record.read', write: 'chart.write', title: 'vaccineCode.text' },
  medicationRequests: { see: 'record.read', write: 'order.sign', title: 'medicationCodeableConcept.text' },
  serviceRequests: { see: 'record.read', write: 'order.sign', title: 'code.text' },
  appointments: { see: 'appointment.read', write: 'appointment.write', title: 'reason' },
  encounters: { see: 'appointment.read', write: 'appointment.write', title: 'reason' },
  documentReferences: { see: 'record.read', write: 'record.write', title: 'title' },
  archivedCharts: { see: 'chart.archive', write: 'chart.archive', title: 'location' },
  chartLoans: { see: 'chart.archive', write: 'chart.archive', title: 'borrowerName' },
  referrals: { see: 'communication.read', write: 'referral.write', title: 'patientName' },
  sharedCharts: { see: 'record.read', write: 'referral.write', title: 'patient.name' },
  communications: { see: 'communication.read', write: 'communication.write', title: 'senderName' },
  careTasks: { see: 'communication.read', write: 'communication.write', title: 'description' },
  users: { see: 'user.manage', write: 'user.manage', title: 'displayName' },
  sites: { see: 'settings.manage', write: 'settings.manage', title: 'name' },
  codeTables: { see: 'settings.manage', write: 'settings.manage', title: 'name' },
  textTemplates: { see: 'record.read', write: 'template.write', title: 'title' },
  favourites: { see: 'record.read', write: 'record.write', title: 'medicationOrder.medicationCodeableConcept.text' },
  hosts: resource,
  virtualMachines: resource,
  storagePools: resource,
  databases: resource,
  computeNodes: resource,
  tasks: resource,
  cloudReports: { see: 'resource.read', write: 'resource.manage', title: 'day' },
};
const accessTo = (collection: string): Access | undefined => (Object.hasOwn(access, collection) ? access[collection as ClashingCollection] : undefined);

export function listConflicts(context: Context, { status, patientId, ...window }: CallParsed<'conflicts.list'>): Page<ConflictRow> {
  const { store, user } = context;
  const of = (Object.keys(access) as ClashingCollection[]).filter((name) => can(user.role, access[name].see));
  const page = queryConflicts(store.connection, { status, of, patientId }, window);
  return { ...page, rows: page.rows.map((conflict) => toRow(context, conflict)) };
}

/** Fails with `not-found`, also for a conflict on a document that this user may not see. */
export function getConflict(context: Context, { id }: CallParsed<'conflicts.get'>): ConflictRow {
  return toRow(context, visibleConflict(context, id));
}

/** Settles every clash of a conflict. Fails with `not-found`, `forbidden`, `stale-revision`, `record-signed` or `invalid-input`. */
export function settleConflict(context: Context, input: CallParsed<'conflicts.settle'>): ConflictRow {
  const { store, actor, user } = context;
  const conflict = visibleConflict(context, input.id);
  const collection = conflict.collection as CollectionName;
  const document = store.get(collection, conflict.documentId);
  const before = { content: document === undefined ? {} : contentOf(document), deleted: document?.deleted === true };
  const settled = settle(before as { content: Record<string, unknown>; deleted: boolean }, conflict.clashes, input.settlements);
  const writes = settled.content !== before.content || settled.deleted !== before.deleted;
  if (writes) assertWritable(context, conflict, settled.content);
  if (writes && (sealedBy(context, conflict) !== null || !mayFollow(conflict.collection, before.content as Content, settled.content))) fail({ code: 'record-signed' });
  store.commit({ actor, action: 'conflict.settled', about: aboutOf(conflict) }, (transaction) => {
    if (writes && document !== undefined) write(transaction, conflict, { ...settled, wasDeleted: before.deleted, over: input.documentRev ?? document.rev });
    const content: ConflictContent = {
      ...contentOf(conflict), status: 'settled', choice: settled.choice, settledBy: user.id, settledByName: user.displayName, settledAt: store.now().toISOString(),
    };
    transaction.update('conflicts', conflict.id, content, { over: input.rev });
  });
  return getConflict(context, { id: conflict.id });
}

/** Fails with `not-found`, `forbidden`, `stale-revision` or `conflict-not-settled`. */
export function undoSettlement(context: Context, { id, rev }: CallParsed<'conflicts.undo'>): ConflictRow {
  const { store, actor } = context;
  const conflict = visibleConflict(context, id);
  const before = conflict.status === 'settled' ? findBeforeSettlement(store.connection, conflict) : undefined;
  if (before === undefined) return fail({ code: 'conflict-not-settled' });
  const document = store.get(conflict.collection as CollectionName, conflict.documentId);
  if (before.replaced !== undefined) assertWritable(context, conflict, before.replaced.content);
  store.commit({ actor, action: 'conflict.reopened', about: aboutOf(conflict) }, (transaction) => {
    if (before.replaced !== undefined && document !== undefined) write(transaction, conflict, { ...before.replaced, wasDeleted: document.deleted, over: document.rev });
    const { choice: _choice, settledBy: _by, settledByName: _name, settledAt: _at, ...content } = contentOf(conflict);
    transaction.update('conflicts', id, { ...content, status: 'open' }, { over: rev });
  });
  return getConflict(context, { id });
}

/** A document is written once a change set: thrown away or taken back as it stands, or changed. */
function write(
  transaction: Transaction,
  { collection: name, documentId }: Conflict,
  next: { content: object; deleted: boolean; wasDeleted: boolean; over: string },
): void {
  const collection = name as CollectionName;
  const over = { over: next.over };
  if (next.deleted && !next.wasDeleted) transaction.remove(collection, documentId, over);
  else if (!next.deleted && next.wasDeleted) transaction.restore(collection, documentId, over);
  else transaction.update(collection, documentId, next.content as Contents[CollectionName], over);
}

function assertWritable({ user, store }: Context, { collection, documentId }: Conflict, content: object): void {
  const permission = accessTo(collection)?.write ?? 'sync.manage';
  if (!can(user.role, permission)) fail({ code: 'forbidden', permission });
  const at = store.now().toISOString();
  const document = { collection, id: documentId, rev: documentId, baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: user.id, content };
  if (validateDocument(document) !== undefined) fail({ code: 'invalid-input', issues: [{ path: 'settlements', code: 'invalid' }] });
}

function visibleConflict({ store, user }: Context, id: string): Conflict {
  const conflict = store.get('conflicts', id);
  const needed = conflict === undefined ? undefined : accessTo(conflict.collection);
  if (conflict === undefined || needed === undefined || !can(user.role, needed.see)) return fail({ code: 'not-found', collection: 'conflicts' });
  return conflict;
}

const aboutOf = ({ id, patientId }: Conflict) => ({ collection: 'conflicts' as const, documentId: id, ...(patientId !== undefined && { patientId }) });

/** What stands as it is: written over it, the other version would be taken back by the server, and whoever chose it would never hear of it. */
function sealedBy({ store }: Context, { collection, documentId }: Conflict): ConflictRow['sealed'] {
  const name = collection as CollectionName;
  const document = store.get(name, documentId);
  const { sealed, amends } = policyOf(name);
  const isSealed = document !== undefined && sealed?.(contentOf(document) as unknown as Content) === true;
  if (isSealedDocument(store.connection, name, documentId)) return 'chart';
  if (name === 'medicalRecords' && isSealed) return 'signed';
  return isSealed && amends === undefined ? 'made' : null;
}

function toRow(context: Context, conflict: Conflict): ConflictRow {
  const { store } = context;
  const { createdAt, sides, settledBy: _settledBy, updatedAt: _at, updatedBy: _by, deleted: _deleted, ...row } = conflict;
  const collection = conflict.collection as CollectionName;
  const title = readText(store.connection, collection, conflict.documentId, accessTo(collection)?.title ?? 'name');
  const patientName = conflict.patientId === undefined ? undefined : readText(store.connection, 'patients', conflict.patientId, 'name');
  const document = store.get(collection, conflict.documentId);
  return {
    ...row,
    createdAt,
    title: title ?? '',
    sides: [toSide(context, sides[0]), toSide(context, sides[1])],
    sealed: sealedBy(context, conflict),
    canUndo: conflict.status === 'settled' && findBeforeSettlement(store.connection, conflict) !== undefined,
    ...(patientName !== undefined && { patientName }),
    ...(document && { documentRev: document.rev, present: conflict.clashes.map(({ path }) => presentValue(document, path)) }),
  };
}

function toSide({ store }: Context, { rev, at, by, deviceId }: ConflictContent['sides'][number]): ConflictSide {
  const workstation = findWorkstation(store.connection, deviceId);
  const siteName = store.get('sites', workstation?.siteId ?? '')?.name;
  return {
    rev,
    savedAt: at,
    savedByName: readText(store.connection, 'users', by, 'displayName') ?? '',
    ...(workstation && { workstationName: workstation.name }),
    ...(siteName && { siteName }),
  };
}
