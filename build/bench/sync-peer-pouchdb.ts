import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './sync-child.ts';
import { progress, type Cleanup } from './sync-cleanup.ts';
import { documentsOf, type Size } from './sync-fill.ts';

/** Installed when it is measured, outside the project: 250 packages that nothing else here needs. */
const packages = { pouchdb: '9.0.0', 'express-pouchdb': '4.2.0', express: '4.21.2' };

/** Documents a second of a first copy by PouchDB from express-pouchdb, LevelDB at both ends; undefined where the packages cannot be had. */
export async function takeByPouchdb(cleanup: Cleanup, size: Size): Promise<number | undefined> {
  const folder = install();
  if (folder === undefined) return undefined;
  const [server, client] = [await startChild('sync-peer-pouchdb-process', [folder]), await startChild('sync-peer-pouchdb-process', [folder])];
  cleanup.add(() => server.end());
  cleanup.add(() => client.end());
  const address = await server.ask<string>('serveFilled', size);
  const { documents, seconds } = await client.ask<{ documents: number; seconds: number }>('take', address);
  await client.end();
  await server.end();
  if (documents !== documentsOf(size)) throw new Error(`PouchDB holds ${documents} of ${documentsOf(size)} documents`);
  return documents / seconds;
}

function install(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'pouchdb-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  progress('Installing PouchDB into a temporary folder');
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=dev'], { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 });
  if (status === 0) return folder;
  progress('PouchDB cannot be installed here: it is left out');
  return undefined;
}
