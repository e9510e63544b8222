import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { codeOf } from '../../shared/testing/error-of.ts';
import { openConnection } from './connection.ts';
import { environmentWith, systemClock } from './environment.ts';
import { listVersions } from './history.ts';
import { migrate } from './migrate.ts';
import { schemaVersion } from './migrations/index.ts';
import { Store } from './store.ts';

const key = new Uint8Array(32).fill(7);
const actor = { id: '01890000-0000-7000-8000-000000000001', name: 'Dr Test' };
let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-store-'));
  const connection = openConnection(join(folder, 'outpost.db'), key);
  migrate(connection);
  store = new Store(connection, environmentWith(systemClock));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const patient = (name: string): PatientContent => ({ name, gender: 'male', medicalRecordNumber: `MR-${name}` });
const create = (name: string) =>
  store.commit({ actor, action: 'patient.created' }, (transaction) => transaction.create('patients', patient(name)));
const count = (table: string) => (store.connection.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

test('a save is one change set with its audit entry and outbox entry', () => {
  const saved = create('王小明');
  expect(store.get('patients', saved.id)).toEqual(saved);
  expect([count('change_sets'), count('outbox'), count('audit_entries'), count('revisions')]).toEqual([1, 1, 1, 0]);
});

test('a commit that throws half-way leaves nothing at all', () => {
  expect(() =>
    store.commit({ actor, action: 'patient.created' }, (transaction) => {
      transaction.create('patients', patient('first'));
      throw new Error('in the middle');
    }),
  ).toThrow('in the middle');
  expect(['patients', 'change_sets', 'outbox', 'audit_entries'].map(count)).toEqual([0, 0, 0, 0]);
});

test('a write over a superseded rev is refused and changes nothing', () => {
  const first = create('old');
  const { id } = first;
  store.commit({ actor, action: 'patient.updated' }, (t) => t.update('patients', id, patient('new'), { over: first.rev }));
  const late = () =>
    store.commit({ actor, action: 'patient.updated' }, (t) => t.update('patients', id, patient('late'), { over: first.rev }));
  expect(codeOf(late)).toBe('stale-revision');
  expect(store.get('patients', id)?.name).toBe('new');
});

test('every version stays readable, newest first, through trash and restore', () => {
  const first = create('one');
  const second = store.commit({ actor, action: 'patient.updated' }, (t) =>
    t.update('patients', first.id, patient('two'), { over: first.rev }),
  );
  store.commit({ actor, action: 'patient.deleted' }, (t) => t.remove('patients', first.id, { over: second.rev }));
  const trashed = store.get('patients', first.id);
  expect(trashed?.deleted).toBe(true);
  store.commit({ actor, action: 'patient.restored' }, (t) => t.restore('patients', first.id, { over: trashed?.rev ?? '' }));
  const versions = listVersions(store.connection, 'patients', first.id);
  expect(versions.map((version) => [version.content.name, version.deleted])).toEqual([
    ['two', false],
    ['two', true],
    ['two', false],
    ['one', false],
  ]);
});

test('fields of a newer version are kept by a write that does not know them', () => {
  const saved = store.commit({ actor, action: 'patient.created' }, (t) =>
    t.create('patients', { ...patient('x'), bloodGroup: 'AB' } as PatientContent),
  );
  store.commit({ actor, action: 'patient.updated' }, (t) => t.update('patients', saved.id, patient('y'), { over: saved.rev }));
  expect(store.get('patients', saved.id)).toMatchObject({ name: 'y', bloodGroup: 'AB' });
});

test('a field this version knows can be taken away', () => {
  const saved = store.commit({ actor, action: 'patient.created' }, (t) => t.create('patients', { ...patient('x'), phone: '1' }));
  store.commit({ actor, action: 'patient.updated' }, (t) => t.update('patients', saved.id, patient('x'), { over: saved.rev }));
  expect(store.get('patients', saved.id)).not.toHaveProperty('phone');
});

test('settings stay on the workstation: nothing of them waits to be sent', () => {
  const settings = { lockAfterMinutes: 5, backupEveryHours: 24, backupsKept: 7 };
  store.commit({ actor, action: 'settings.updated' }, (t) => t.create('settings', settings));
  expect(count('outbox')).toBe(0);
});

test('a counter moves on even past the store being opened again', () => {
  const take = () => store.commit({ actor, action: 'patient.created' }, (t) => t.next('medicalRecordNumber'));
  expect([take(), take()]).toEqual([1, 2]);
  store.close();
  store = new Store(openConnection(join(folder, 'outpost.db'), key, { mustExist: true }), environmentWith(systemClock));
  expect(take()).toBe(3);
});

test('a database from the future is refused before anything is written', () => {
  store.connection.pragma(`user_version = ${schemaVersion + 1}`);
  expect(codeOf(() => migrate(store.connection))).toBe('database-newer');
});
