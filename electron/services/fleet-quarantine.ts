import { z } from 'zod';
import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { ChangedDocument, HeldChangeSet, HeldDocument, HeldOutcome, HeldRef } from '../../shared/contract/sync.ts';
import { AppException, fail } from '../../shared/errors.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { idSchema } from '../../shared/schema/document.ts';
import type { QuarantineEntry } from '../../shared/sync/admin-protocol.ts';
import { pulledCollections } from '../../shared/sync/scope.ts';
import { readText } from '../storage/conflicts.ts';
import type { Store } from '../storage/store.ts';
import { findWorkstation } from '../storage/surroundings.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import { ask } from './fleet.ts';

/**
 * The server's quarantine, for an admin: what it refused and what revoked workstations handed over. It is read on demand and not kept
 * here. All of these fail with `not-enrolled`, `server-unreachable` or `server-refused`.
 */
export async function listHeld(context: Context, { offset, limit, deviceId }: CallParsed<'fleet.quarantine'>): Promise<Page<HeldChangeSet>> {
  const { total, entries } = await ask(context, 'quarantine.list', { offset, limit, ...(deviceId !== undefined && { deviceId }) });
  const rows = entries.map((entry) => toRow(context.store, entry));
  return { total, rows: await withNewPatients(context, rows) };
}

/** Fails with `quarantine-not-found` too. */
export async function readHeld(context: Context, ref: CallParsed<'fleet.quarantineRead'>): Promise<CallOutput<'fleet.quarantineRead'>> {
  const { store, actor } = context;
  const documents = documentsIn(await readOne(context, ref)).map((document) => toHeldDocument(store, document));
  const patientId = documents.find((document) => document.patientId !== undefined)?.patientId;
  store.record({ actor, action: 'quarantine.viewed', about: patientId === undefined ? {} : { patientId } });
  return { documents };
}

/** Fails with `quarantine-not-found` too. */
export async function exportHeld(context: Context, { entries }: CallParsed<'fleet.quarantineExport'>): Promise<CallOutput<'fleet.quarantineExport'>> {
  const { store, actor } = context;
  const changeSets: unknown[] = [];
  for (const ref of entries) changeSets.push(await readOne(context, ref));
  store.record({ actor, action: 'quarantine.exported' });
  const day = store.now().toISOString().slice(0, 10);
  return { fileName: `outpost-quarantine-${day}.json`, text: JSON.stringify(changeSets, undefined, 2) };
}

export async function releaseHeld(context: Context, { entries }: CallParsed<'fleet.quarantineRelease'>): Promise<HeldOutcome[]> {
  const { workstation, store, actor } = context;
  const { outcomes } = await ask(context, 'quarantine.release', { entries });
  store.record({ actor, action: 'quarantine.released' });
  workstation.sync.syncNow();
  return outcomes.map((one): HeldOutcome => {
    const ref = { deviceId: one.deviceId, changeSetId: one.changeSetId };
    if (one.outcome === 'rejected') return { ...ref, outcome: one.outcome, refusal: one.refusal };
    return { ...ref, outcome: one.outcome === 'sent-again' ? 'sent' : one.outcome };
  });
}

async function readOne(context: Context, { deviceId, changeSetId }: HeldRef): Promise<unknown> {
  try {
    return (await ask(context, 'quarantine.read', { deviceId, changeSetId })).changeSet;
  } catch (error) {
    if (error instanceof AppException && error.error.code === 'server-refused' && error.error.reason === 'not-found') fail({ code: 'quarantine-not-found' });
    throw error;
  }
}

function toRow(store: Store, entry: QuarantineEntry): HeldChangeSet {
  const sender = findWorkstation(store.connection, (entry.above ? entry.originDeviceId : undefined) ?? entry.deviceId);
  const told = entry.documents.filter(({ collection }) => collection !== 'auditEntries');
  return {
    deviceId: entry.deviceId,
    changeSetId: entry.changeSetId,
    workstationName: sender?.name ?? '',
    siteName: store.get('sites', sender?.siteId ?? '')?.name ?? '',
    savedByName: nameOf(store, 'users', entry.actorId) ?? '',
    ...(entry.above && { byCentral: true as const }),
    refusal: entry.refusal,
    refusedAt: entry.receivedAt,
    documents: told.map(({ collection, id, patientId }) => named(store, { collection, id, deleted: false, ...(patientId !== null && { patientId }) })),
    documentCount: entry.documentCount - (entry.documents.length - told.length),
    ...(entry.action !== null && { action: entry.action }),
    ...(entry.wallTime !== null && { savedAt: entry.wallTime }),
  };
}

function named(store: Store, document: ChangedDocument): ChangedDocument {
  const { collection, id, patientId } = document;
  const title = patientId !== undefined ? nameOf(store, 'patients', patientId) : nameOf(store, collection, id);
  return title === undefined ? document : { ...document, title };
}

const nameFields: Partial<Record<string, string>> = { patients: 'name', users: 'displayName', sites: 'name' };

function nameOf(store: Store, collection: string, id: string | null): string | undefined {
  const field = nameFields[collection];
  return field === undefined || id === null ? undefined : readText(store.connection, collection as CollectionName, id, field);
}

/** Of a page, so that a list of strangers does not cost a request a row. */
const readForNames = 20;

/** Patients that only the quarantine knows are named by what it says of them. */
async function withNewPatients(context: Context, rows: HeldChangeSet[]): Promise<HeldChangeSet[]> {
  const unnamed = rows.filter(({ documents }) => documents.some(({ collection, title }) => collection === 'patients' && title === undefined)).slice(0, readForNames);
  const read = await Promise.all(unnamed.map((row) => readOne(context, row).catch(() => undefined)));
  const names = new Map(read.flatMap(documentsIn).flatMap(({ collection, id, content }) => (collection === 'patients' && typeof content?.['name'] === 'string' ? [[id, content['name']]] : [])));
  const withName = (document: ChangedDocument): ChangedDocument => {
    const name = document.title ?? names.get(document.patientId ?? '');
    return name === undefined ? document : { ...document, title: name };
  };
  return rows.map((row) => ({ ...row, documents: row.documents.map(withName) }));
}

const held = z.looseObject({ documents: z.array(z.unknown()) });
const heldDocument = z.looseObject({
  collection: z.string(), id: idSchema, deleted: z.boolean().catch(false), content: z.record(z.string(), z.unknown()).nullable().catch(null),
});

/** What can be read of a change set that was refused, which may be anything. */
function documentsIn(changeSet: unknown) {
  const documents = held.safeParse(changeSet).data?.documents ?? [];
  return documents.map((document) => heldDocument.safeParse(document).data).filter((document) => document !== undefined).filter(({ collection }) => collection !== 'auditEntries');
}

function toHeldDocument(store: Store, { collection, id, deleted, content }: z.infer<typeof heldDocument>): HeldDocument {
  const patientId = collection === 'patients' ? id : content?.['patientId'];
  const own = content?.[nameFields[collection] ?? ''];
  const changed = named(store, { collection, id, deleted, ...(typeof patientId === 'string' && { patientId }) });
  const here = pulledCollections.includes(collection) ? store.get(collection as CollectionName, id) : undefined;
  return {
    ...changed,
    ...(changed.title === undefined && typeof own === 'string' && { title: own }),
    content,
    ...(here && { here: contentOf(here) as Record<string, unknown> }),
  };
}
