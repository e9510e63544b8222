import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { node } from '../../build/vite.node.ts';
import { AppException } from '../../shared/errors.ts';
import { errorOf } from '../../shared/testing/error-of.ts';
import { listBackups } from './backup.ts';
import { checkIntegrity } from './integrity.ts';
import { runTask } from './run-task.ts';
import { newClinic, type Clinic } from './testing/clinic.ts';
import { unattended } from './work.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let clinic: Clinic;
beforeEach(async () => {
  clinic = await newClinic();
});
afterEach(() => clinic.remove());

const stopped = () => AbortSignal.abort(new AppException({ code: 'job-cancelled' }));

test('the worker is found beside the bundle too', async () => {
  const modules = at('../../node_modules');
  mkdirSync(modules, { recursive: true });
  const outDir = mkdtempSync(join(modules, '.outpost-bundle-'));
  const folder = join(clinic.profile, 'backups');
  try {
    const input = { probe: at('./testing/bundled-backup.ts'), 'storage-worker': at('./storage-worker.ts') };
    await build({ ...node, build: { ...node.build, outDir, rollupOptions: { ...node.build?.rollupOptions, input } } });
    expect(readdirSync(outDir)).toEqual(expect.arrayContaining(['probe.js', 'storage-worker.js']));
    clinic.addPatient('x');
    execFileSync(process.execPath, [join(outDir, 'probe.js'), clinic.profile, folder, Buffer.from(clinic.databaseKey).toString('hex')]);
    expect(listBackups(folder)).toMatchObject([{ patients: 1, verified: true }]);
  } finally {
    rmSync(outDir, { recursive: true });
  }
});

test('work that was stopped before it began does not begin', async () => {
  expect(await errorOf(() => checkIntegrity(clinic, { ...unattended, signal: stopped() }))).toEqual({ code: 'job-cancelled' });
});

test('a bug in the worker arrives as a bug, not as a coded error', async () => {
  const input = { backupPath: '', databaseKey: new Uint8Array(3), path: '' };
  await expect(runTask('write-backup', input as never, unattended)).rejects.toThrow('32 bytes');
});
