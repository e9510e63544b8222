import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openConnection } from './connection.ts';
import { deferWork, finishDeferredWork, isWorkDeferred } from './deferred-work.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { databaseKey, documentsOf, openReplica, stateOf, takeFirstCopy } from './testing/first-copy.ts';

const newPath = () => join(mkdtempSync(join(tmpdir(), 'first-copy-')), 'outpost.db');

function opened(path = newPath()) {
  const parts = openReplica(path);
  onTestFinished(() => parts.store.close());
  return parts;
}

/** By pulls, one change set each. */
function pulled(documents: ReturnType<typeof documentsOf>) {
  const { replica, connection } = opened();
  for (const { position, ...document } of documents) {
    replica.applyPage({ changeSets: [{ id: document.rev, action: 'patient.updated', actorId: document.updatedBy, deviceId: document.id, wallTime: document.updatedAt, documents: [document], position, echoes: [], withdrawn: [] }], position });
  }
  return connection;
}

test.each([1, 2, 3])('a first copy that put work off is what pulls would have made of it (seed %i)', (seed) => {
  const documents = documentsOf(seed);
  const { replica, connection } = opened();
  let wasDeferred = 0;
  takeFirstCopy(replica, documents, () => (wasDeferred += Number(isWorkDeferred(connection))));
  expect(wasDeferred).toBeGreaterThan(5);
  const whole = stateOf(connection);
  expect(whole).toEqual(stateOf(pulled(documents)));
  expect(whole).toMatchObject({ deferred: false, integrity: 'ok' });
  expect(connection.prepare('SELECT count(*) FROM visits').pluck().get()).toBeGreaterThan(100);
});

/** The database as a process that is killed before each of the connection's writing statements would leave it; such as are alike, once. */
function leftByKills(path: string, { connection }: ReturnType<typeof opened>): () => string[] {
  const left = new Map<string, string>();
  const keep = () => {
    const files = ['', '-wal'].map((suffix) => readFileSync(path + suffix));
    const print = createHash('sha256').update(files[0]!).update(files[1]!).digest('hex');
    if (left.has(print)) return;
    const copy = newPath();
    for (const [index, suffix] of ['', '-wal'].entries()) writeFileSync(copy + suffix, files[index]!);
    left.set(print, copy);
  };
  const { prepare, exec } = { prepare: connection.prepare.bind(connection), exec: connection.exec.bind(connection) };
  vi.spyOn(connection, 'exec').mockImplementation((sql) => (keep(), exec(sql)));
  vi.spyOn(connection, 'prepare').mockImplementation((sql: string) => {
    const prepared = prepare(sql);
    const run = prepared.run.bind(prepared);
    return Object.assign(prepared, { run: (...values: unknown[]) => (keep(), run(...values)) });
  });
  return () => [...left.values()];
}

test('a first copy that is killed before any of its statements ends as one that was not', () => {
  const path = newPath();
  const parts = opened(path);
  const left = leftByKills(path, parts);
  let transactions = 0;
  takeFirstCopy(parts.replica, documentsOf(7), () => (transactions += 1));
  const undisturbed = stateOf(parts.connection);
  expect(left().length).toBeGreaterThanOrEqual(transactions);
  for (const killed of left()) {
    const { connection, replica } = opened(killed);
    takeFirstCopy(replica, documentsOf(7));
    expect(stateOf(connection)).toEqual(undisturbed);
    expect(replica.state().snapshot).toBeNull();
  }
});

test('what is entered in several steps is what is entered in one', () => {
  const visits = (apart: number) => {
    const { replica, connection } = opened();
    takeFirstCopy(replica, documentsOf(5));
    deferWork(connection);
    connection.exec(`UPDATE medical_records SET position = position + ${apart} * (position % 4)`);
    finishDeferredWork(connection);
    const rows = connection.prepare(`SELECT r.id, v.* FROM visits AS v JOIN medical_records AS r ON r.position = v.record ORDER BY r.id`).all() as { record: number }[];
    return rows.map(({ record, ...others }) => ({ ...others, record: record % 1_000 }));
  };
  expect(visits(200_000)).toEqual(visits(0));
});

test('a newer program makes up for what an older one put off, before it changes the tables', () => {
  const connection = openConnection(newPath(), databaseKey);
  onTestFinished(() => void connection.close());
  const before = migrations.slice(0, -1);
  for (const step of before) step(connection);
  connection.pragma(`user_version = ${before.length}`);
  deferWork(connection);
  migrate(connection);
  expect(isWorkDeferred(connection)).toBe(false);
  expect(stateOf(connection).schema).toEqual(stateOf(opened().connection).schema);
});
