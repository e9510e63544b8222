import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentWith } from '../storage/environment.ts';
import { openLog } from '../storage/log.ts';
import { listUsers } from '../storage/users.ts';
import type { Context } from './context.ts';
import { batchSize } from './import-rows.ts';
import { undoImport } from './import-undo.ts';
import { importBatches } from './imports.ts';
import { toSessionUser } from './session-user.ts';
import { newProfile, TestClock } from './testing/clinic.ts';
import { ended, namesOf } from './testing/files.ts';
import { Workstation } from './workstation.ts';

/** Runs an import of 20,000 rows, kills it so long after so many rows were in, and answers how many it had said were in. */
function importAndKill(profile: string, databaseKey: Uint8Array, rows: number, milliseconds: number): Promise<number> {
  const script = join(import.meta.dirname, 'testing/importing-process.ts');
  const child = spawn(process.execPath, [script, profile, Buffer.from(databaseKey).toString('hex')], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said = Number(text.trimEnd().split('\n').at(-1));
      if (said >= rows) setTimeout(() => child.kill('SIGKILL'), milliseconds);
    });
    child.on('close', (code, signal) => (signal === 'SIGKILL' ? resolve(said) : reject(new Error(`It ended by itself (${code})`))));
  });
}

function reopen(profile: string, databaseKey: Uint8Array): Context {
  const clock = new TestClock();
  const environment = environmentWith(clock);
  const workstation = new Workstation({ profile, version: 'test', host: 'web', environment, log: openLog(profile, clock) });
  const store = workstation.open(databaseKey);
  const user = listUsers(store.connection).find(({ role }) => role === 'admin')!;
  return { workstation, environment, jobs: workstation.jobs, sessionId: 'admin', store, user: toSessionUser(user), actor: { id: user.id, name: user.displayName } };
}

test.each([[1000, 0], [2000, 17], [4000, 41]])(
  'killed after %i rows and %i ms, an import leaves whole change sets of one batch, which can be undone',
  async (rows, milliseconds) => {
    const { profile, databaseKey } = await newProfile();
    const said = await importAndKill(profile, databaseKey, rows, milliseconds);
    const admin = reopen(profile, databaseKey);
    const names = namesOf(admin);
    expect(names.length).toBeGreaterThanOrEqual(said);
    expect(names.length % batchSize).toBe(0);
    expect(names).toEqual(names.map((_, index) => `Patient ${index}`));
    expect(admin.store.connection.pragma('integrity_check', { simple: true })).toBe('ok');
    const [batch] = importBatches(admin);
    expect(batch).toMatchObject({ fileName: 'killed.csv', count: names.length, undone: false });
    await ended(admin, await undoImport(admin, { batchId: batch!.id, evenIfChanged: false }));
    expect(namesOf(admin)).toEqual([]);
    admin.workstation.close();
  },
);
