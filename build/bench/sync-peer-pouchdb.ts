import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './sync-child.ts';
import { progress, type Cleanup } from './sync-cleanup.ts';
import { documentsOf, type Size } from './sync-fill.ts';

/** Installed when it is measured, outside the project: 250 packages that nothing else here needs. */
const packages = { pouchdb: '9.0.0', 'express-pouchdb': '4.2.0', express: '4.21.2' };

/** PouchDB with LevelDB at both ends, and express-pouchdb between them. */
export interface PouchdbPeer {
  /** Documents a second of a first copy into a new database; as PouchDB comes, it asks for 100 documents at a time. */
  take(options?: { batch_size?: number }): Promise<number>;
  end(): Promise<void>;
}

/** Serves so many documents; undefined where the packages cannot be had. */
export async function startPouchdb(cleanup: Cleanup, size: Size): Promise<PouchdbPeer | undefined> {
  const folder = install();
  if (folder === undefined) return undefined;
  const start = async () => {
    const child = await startChild('sync-peer-pouchdb-process', [folder]);
    cleanup.add(() => child.end());
    return child;
  };
  const server = await start();
  const address = await server.ask<string>('serveFilled', size);
  return {
    async take(options = {}) {
      const client = await start();
      const { documents, seconds } = await client.ask<{ documents: number; seconds: number }>('take', { address, options });
      await client.end();
      if (documents !== documentsOf(size)) throw new Error(`PouchDB holds ${documents} of ${documentsOf(size)} documents`);
      return documents / seconds;
    },
    end: () => server.end(),
  };
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
