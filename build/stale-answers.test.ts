import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { handlers } from '../electron/backend/handlers.ts';
import type { Context } from '../electron/services/context.ts';
import { checkIn } from '../electron/services/encounters.ts';
import { signOrders } from '../electron/services/orders.ts';
import { createPatient } from '../electron/services/patients.ts';
import { createRecord } from '../electron/services/records.ts';
import { openClinic, patientInput, recordInput } from '../electron/services/testing/clinic.ts';
import { collections } from '../electron/storage/collections.ts';
import type { Connection } from '../electron/storage/connection.ts';
import { collectionsOf } from '../renderer/api/collections-of.ts';
import { contract, type CallName } from '../shared/contract/index.ts';
import { AppException } from '../shared/errors.ts';
import { importedCollections } from '../shared/exchange/fhir/mappings.ts';
import { collectionNames, type CollectionName } from '../shared/schema/collections.ts';

const order = { medicationCodeableConcept: { text: 'Amoxicillin' }, doseQuantity: { value: 500, unit: 'mg' }, route: 'oral', frequency: 'TID', days: 7 } as const;
const day = '2026-03-02';

/** About a file that somebody has just chosen: no document stands behind the answer. */
const ofFile: readonly CallName[] = ['imports.inspect', 'imports.problems', 'imports.report'];
/** Every answer that a screen keeps and that documents stand behind, by the sources of the screens. */
const kept = [...new Set(globSync('renderer/**/*.{ts,tsx}').flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/(?:useCall|callQuery)\('([\w.]+)'/g)].map(([, name]) => name as CallName)))]
  .filter((name) => collectionsOf(name).length > 0 && !ofFile.includes(name));

/** A clinic with one visit, and the fields that calls are given about it. */
async function opened(): Promise<{ context: Context; inputOf(name: CallName): unknown }> {
  const context = (await openClinic()).context('doctor');
  const { id: patientId } = createPatient(context, { patient: patientInput });
  const visit = checkIn(context, { patientId, kind: 'outpatient', urgency: { priority: 'routine' } });
  const record = createRecord(context, { patientId, record: recordInput });
  const { medicationRequests: [signed] } = signOrders(context, { patientId, medicationRequests: [order], serviceRequests: [] });
  const fields = {
    offset: 0, limit: 10, id: patientId, patientId, groupIdentifier: signed?.groupIdentifier, seriesId: patientId, collection: 'conditions', since: day, parts: ['conditions'],
    filter: { from: day, to: day }, query: '王', status: 'open', language: 'en', system: 'x', patient: patientInput, hostIds: [], what: 'phone', rule: 'phone-format',
  };
  const ofNoun: Record<string, object> = { records: { id: record.id }, encounters: { id: visit.id }, recordRoom: { id: visit.id, state: 'closed', kind: 'outpatient' }, resources: { collection: 'hosts', kind: 'hardware' } };
  const ofCall: Partial<Record<CallName, object>> = {
    'appointments.list': { from: `${day}T00:00:00.000Z`, to: `${day}T23:59:59.000Z` }, 'patients.list': { sort: 'name', direction: 'ascending', filter: {} }, 'referrals.list': { direction: 'in' },
  };
  const inputOf = (name: CallName) => {
    const { shape } = contract[name].input as unknown as { shape: object };
    const all = { ...fields, ...ofNoun[name.slice(0, name.indexOf('.'))], ...ofCall[name] };
    return contract[name].input.parse(Object.fromEntries(Object.entries(all).filter(([field]) => Object.hasOwn(shape, field))));
  };
  return { context, inputOf };
}

/** Collections whose tables a call reads, by the statements that it prepares. */
async function readBy(name: CallName, context: Context, input: unknown): Promise<CollectionName[]> {
  const { connection } = context.store;
  const read = new Set<CollectionName>();
  const prepare = (sql: string) => {
    for (const [, table] of sql.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]+)/g)) for (const one of collectionNames) if (collections[one].table === table) read.add(one);
    return connection.prepare(sql);
  };
  // Statements are kept by the connection: through another one each is prepared anew.
  const watched = new Proxy(connection, {
    get(target, key: keyof Connection) {
      const value: unknown = target[key];
      if (key === 'prepare') return prepare;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const store = Object.create(context.store, { connection: { value: watched } }) as Context['store'];
  try {
    await (handlers[name] as (context: Context, input: unknown) => unknown)({ ...context, store }, input);
  } catch (error) {
    if (!(error instanceof AppException)) throw error;
  }
  return [...read];
}

test('what a screen keeps is asked for anew when anything changes that it was read from', async () => {
  const { context, inputOf } = await opened();
  const missing: Record<string, CollectionName[]> = {};
  for (const name of kept) {
    const unheard = (await readBy(name, context, inputOf(name))).filter((one) => !collectionsOf(name).includes(one));
    if (unheard.length > 0) missing[name] = unheard;
  }
  expect(missing).toEqual({});
  expect(kept.length).toBeGreaterThan(70);
});

test('so it is when what it was read from is not in this clinic', () => {
  expect(collectionsOf('imports.batches')).toEqual(expect.arrayContaining([...importedCollections]));
  expect(collectionsOf('referrals.count')).toContain('documentReferences');
  expect(collectionsOf('chart.history')).toContain('documentReferences');
  expect(collectionsOf('orders.group')).toContain('observations');
});
