import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'outpost-packaging-'));
const resources = join(folder, 'release', 'linux-unpacked', 'resources');
let files: string[] = [];

/** What @electron/fuses looks for in Electron's program: sentinel, version 1, nine fuses, all on. */
const fuses = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('1'.repeat(9))]);

beforeAll(() => {
  expect(existsSync(join(root, 'dist/app/main.js')), 'run node build/build.ts first').toBe(true);
  const electronDist = join(folder, 'electron');
  mkdirSync(electronDist);
  writeFileSync(join(electronDist, 'electron'), fuses, { mode: 0o755 });
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string };
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    join(root, 'node_modules/electron-builder/cli.js'), '--config', 'build/electron-builder.yml', '--linux', 'dir', '--publish', 'never',
    `-c.electronDist=${electronDist}`, `-c.electronVersion=${version}`, `-c.directories.output=${join(folder, 'release')}`,
  ], { cwd: root, encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
  files = listPackage(join(resources, 'app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the archive has what the program runs', () => {
  expect(files).toEqual(expect.arrayContaining([
    'package.json', 'dist/app/main.js', 'dist/app/backend.js', 'dist/app/storage-worker.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html',
    'node_modules/better-sqlite3/lib/index.js', 'node_modules/argon2/argon2.cjs',
  ]));
});

test('the archive has nothing else', () => {
  const allowed = /^(package\.json|dist(\/(app|preload|renderer)(\/.*)?)?|node_modules(\/(better-sqlite3|argon2|node-gyp-build|@phc(\/format)?)(\/.*)?)?)$/;
  expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  expect(files.filter((file) => /\.(map|ts|cts|tsx|cpp|c|h|gyp|gypi)$|\.test\.|\/web\.js$/.test(file))).toEqual([]);
});

test('the packed native modules load and work', () => {
  const probe = `
    const Database = require('better-sqlite3');
    if (new Database(':memory:').prepare('select 7').pluck().get() !== 7) process.exit(2);
    require('argon2').hash('x', { raw: true }).then((hash) => process.exit(hash.length === 32 ? 0 : 3));`;
  // A plain Node cannot read an archive, so its files are laid out in a folder.
  const laidOut = join(folder, 'app');
  extractAll(join(resources, 'app.asar'), laidOut);
  writeFileSync(join(laidOut, 'probe.cjs'), probe);
  const { status, stderr } = spawnSync(process.execPath, ['probe.cjs'], { cwd: laidOut, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(existsSync(join(resources, `app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`))).toBe(true);
});

test('the fuses of the packaged program are set', async () => {
  const wire = await getCurrentFuseWire(join(folder, 'release/linux-unpacked/outpost'));
  const state = (on: boolean) => (on ? FuseState.ENABLE : FuseState.DISABLE);
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: state(false),
    [FuseV1Options.EnableCookieEncryption]: state(true),
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: state(false),
    [FuseV1Options.EnableNodeCliInspectArguments]: state(false),
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: state(true),
    [FuseV1Options.OnlyLoadAppFromAsar]: state(true),
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: state(false),
  });
});
