import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openConnection, type Connection } from './connection.ts';
import { deferWork, isWorkDeferred } from './deferred-work.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { searchPatients } from './search.ts';
import { documentsOf, openReplica, takeFirstCopy } from './testing/first-copy.ts';

const script = fileURLToPath(new URL('testing/first-copy-process.ts', import.meta.url));
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

/** Of one way to be told: which change set a document came with, its place here, and what was superseded before it came. */
const ofTheWay = ['change_seq', 'snapshot_number'];
const elsewhere = /^(change_sets|replica_state|meta|revisions|sqlite_.*|patient_.*_.*)$/;

/** Everything that is the same however it came: rows, indices, digests, and what is found. */
function stateOf(connection: Connection) {
  const schema = connection.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2').all() as { type: string; name: string; sql: string }[];
  const tables = schema.filter(({ type, name, sql }) => type === 'table' && !elsewhere.test(name) && !sql.startsWith('CREATE VIRTUAL'));
  const rows = tables.map(({ name }) => {
    const found = connection.prepare(`SELECT * FROM ${name}`).all() as Record<string, unknown>[];
    const kept = found.filter(({ visits }) => visits !== 0).map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !ofTheWay.includes(column))));
    return [name, kept.sort()];
  });
  const names = connection.prepare("SELECT DISTINCT content ->> '$.name' AS name FROM patients WHERE content <> 'null' LIMIT 60").pluck().all() as string[];
  return {
    schema, rows, deferred: isWorkDeferred(connection), integrity: connection.pragma('integrity_check', { simple: true }),
    found: [...names, 'wang', 'zh', '90-1', '138'].map((query) => [query, searchPatients(connection, query, 50).map(({ id }) => id)]),
  };
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

/** Kills the copy when it has said that a transaction is done: in the middle of one of the next. Answers whether it was killed. */
function killedAfterOne(path: string): Promise<boolean> {
  const child = spawn(process.execPath, [script, path, '7'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (text.includes('done') && child.kill('SIGKILL')));
    child.on('close', (_code, signal) => resolve(signal === 'SIGKILL'));
  });
}

test('a first copy that is killed in the middle of each of its steps ends as one that was not', { timeout: 120_000 }, async () => {
  const path = newPath();
  let kills = 0;
  while (await killedAfterOne(path)) kills += 1;
  expect(kills).toBeGreaterThan(3);
  const undisturbed = opened();
  takeFirstCopy(undisturbed.replica, documentsOf(7));
  const { connection, replica } = opened(path);
  expect(stateOf(connection)).toEqual(stateOf(undisturbed.connection));
  expect(replica.state().snapshot).toBeNull();
});

test('a newer program makes up for what an older one put off, before it changes the tables', () => {
  const connection = openConnection(newPath(), new Uint8Array(32).fill(3));
  onTestFinished(() => void connection.close());
  const before = migrations.slice(0, -1);
  for (const step of before) step(connection);
  connection.pragma(`user_version = ${before.length}`);
  deferWork(connection);
  migrate(connection);
  expect(isWorkDeferred(connection)).toBe(false);
  expect(stateOf(connection).schema).toEqual(stateOf(opened().connection).schema);
});
