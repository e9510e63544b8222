import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { deferWork, finishDeferredWork, indexDocuments, isWorkDeferred, readDeferred } from './deferred-work.ts';
import { enterVisitsBeside } from './enter-visits-beside.ts';
import { databaseKey, documentsOf, openReplica, stateOf, takeFirstCopy } from './testing/first-copy.ts';
import { enteringVisitsBeside, takeVisits } from './visits-beside.ts';

/** A store that was filled, and what is in it; then its indices and visits were put off anew. */
function deferred(seed: number) {
  const profile = mkdtempSync(join(tmpdir(), 'visits-beside-'));
  const [databasePath, path] = [join(profile, 'outpost.db'), join(profile, 'visits.db')];
  const { connection, replica, store } = openReplica(databasePath);
  onTestFinished(() => store.close());
  takeFirstCopy(replica, documentsOf(seed));
  const whole = stateOf(connection);
  deferWork(connection);
  return { profile, path, connection, replica, whole, enterBeside: () => enterVisitsBeside({ databasePath, databaseKey, path }) };
}

const indexAll = (connection: ReturnType<typeof deferred>['connection']) => {
  while (indexDocuments(connection));
};

test.each([11, 12, 13])('visits that are entered beside a store are those that are entered in it (seed %i)', (seed) => {
  const { connection, whole, enterBeside } = deferred(seed);
  const beside = enterBeside();
  indexAll(connection);
  expect(takeVisits(connection, databaseKey, beside)).toBe(true);
  finishDeferredWork(connection);
  expect(stateOf(connection)).toEqual(whole);
});

test('visits beside are not taken once the documents are others', () => {
  const { connection, replica, enterBeside } = deferred(14);
  const [told] = documentsOf(15).filter(({ collection, deleted, content }) => collection === 'medicalRecords' && !deleted && content !== null);
  const { position: _position, ...record } = told!;
  const beside = enterBeside();
  indexAll(connection);
  const changeSet = { id: record.rev, action: 'record.created', actorId: record.updatedBy, deviceId: record.id, wallTime: record.updatedAt, documents: [{ ...record, id: '0198a000-0000-7000-8000-b99999999999' }], echoes: [], withdrawn: [] };
  replica.applyPage({ changeSets: [{ ...changeSet, position: 1000 }], position: 1000 });
  const visitsWithin = () => connection.prepare('SELECT count(*) FROM visits').pluck().get() as number;
  expect(takeVisits(connection, databaseKey, beside)).toBe(false);
  finishDeferredWork(connection);
  const entered = visitsWithin();
  deferWork(connection);
  finishDeferredWork(connection);
  expect(visitsWithin()).toBe(entered);
});

test('visits beside are not taken where somebody has made up for all that was put off', () => {
  const { connection, whole, enterBeside } = deferred(16);
  const beside = enterBeside();
  finishDeferredWork(connection);
  expect(takeVisits(connection, databaseKey, beside)).toBe(false);
  expect(stateOf(connection)).toEqual(whole);
});

test('a thief cannot read visits beside a store', () => {
  const { path, enterBeside } = deferred(17);
  enterBeside();
  const bytes = readFileSync(path);
  expect(bytes.length).toBeGreaterThan(20_000);
  for (const word of ['SQLite format', 'CREATE', 'outpatient', 'inpatient']) expect(bytes.includes(word)).toBe(false);
});

test('a worker enters visits while indices are made, and leaves no file', async () => {
  const { profile, path, connection, whole } = deferred(18);
  await enteringVisitsBeside(connection, { profile, databaseKey }, new AbortController().signal, async () => indexAll(connection));
  expect(readDeferred(connection)).toMatchObject({ indices: [], indicesOfVisits: [] });
  expect(existsSync(path)).toBe(false);
  finishDeferredWork(connection);
  expect(stateOf(connection)).toEqual(whole);
});

test.each(['stopped', 'failed'])('a worker that is %s leaves all to be made up for, and no file', async (how) => {
  const { profile, path, connection, whole } = deferred(19);
  writeFileSync(path, 'left behind by a kill');
  const stopping = new AbortController();
  const wrongKey = new Uint8Array(32).fill(4);
  const entering = enteringVisitsBeside(connection, { profile, databaseKey: how === 'failed' ? wrongKey : databaseKey }, stopping.signal, async () => {
    if (how === 'stopped') stopping.abort(new Error('Sync was stopped'));
  });
  await entering;
  expect(existsSync(path)).toBe(false);
  expect(isWorkDeferred(connection)).toBe(true);
  finishDeferredWork(connection);
  expect(stateOf(connection)).toEqual(whole);
});
