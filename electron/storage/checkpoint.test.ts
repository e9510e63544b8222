import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkpointBeside } from './checkpoint.ts';
import { openConnection } from './connection.ts';

const databaseKey = new Uint8Array(32).fill(5);

function storeWithLog() {
  const databasePath = join(mkdtempSync(join(tmpdir(), 'checkpoint-')), 'outpost.db');
  const connection = openConnection(databasePath, databaseKey);
  onTestFinished(() => void connection.close());
  connection.pragma('wal_autocheckpoint = 0');
  connection.exec(`CREATE TABLE notes (text TEXT);
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2000) INSERT INTO notes SELECT hex(randomblob(400)) FROM numbers`);
  return { databasePath, connection, bytes: () => statSync(databasePath).size };
}
const unstopped = new AbortController().signal;

test('another thread brings the log of a store into its database while it is open and written to', async () => {
  const { databasePath, connection, bytes } = storeWithLog();
  const before = bytes();
  const done = checkpointBeside({ databasePath, databaseKey }, unstopped);
  connection.exec("INSERT INTO notes VALUES ('meanwhile')");
  await done;
  expect(bytes()).toBeGreaterThan(before + 1_500_000);
  expect(connection.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(2001);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
});

test.each(['fails', 'is stopped'])('a checkpoint that %s leaves the log as it is, and is nobody’s failure', async (how) => {
  const { databasePath, connection, bytes } = storeWithLog();
  const before = bytes();
  const stopping = new AbortController();
  const done = checkpointBeside({ databasePath, databaseKey: how === 'fails' ? new Uint8Array(32).fill(6) : databaseKey }, stopping.signal);
  if (how === 'is stopped') stopping.abort(new Error('Sync was stopped'));
  await done;
  expect(bytes()).toBe(before);
  expect(connection.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(2000);
});
