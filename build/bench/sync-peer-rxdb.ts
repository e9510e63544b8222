import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import type { RxStorage } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { build } from 'vite';
import configuration from '../../e2e/playwright.config.ts';
import { lightClients, type Central, type Organisation } from './sync-central.ts';
import { copyByRxdb, type CopyTaken } from './sync-peer-rxdb-copy.ts';

/** Documents a second of a first copy by RxDB with its memory storage, which makes nothing durable and encrypts nothing. */
export async function takeByRxdb(central: Central, organisation: Organisation, documents: number): Promise<number> {
  const storage = getRxStorageMemory() as unknown as RxStorage<unknown, unknown>;
  return rateOf(await copyByRxdb(storage, await aboutOf(central, organisation)), documents);
}

/** The same with the storage that RxDB has for what is to last, Dexie on the IndexedDB of a browser; it encrypts nothing either. */
export async function takeByRxdbInBrowser(central: Central, organisation: Organisation, documents: number): Promise<number> {
  const about = await aboutOf(central, organisation);
  const profile = mkdtempSync(join(tmpdir(), 'rxdb-'));
  // Without a profile of its own Chromium would keep IndexedDB in memory.
  const context = await chromium.launchPersistentContext(profile, { ...configuration.use?.launchOptions, bypassCSP: true });
  try {
    const page = await context.newPage();
    // Of the server's own origin, which no other may ask.
    await page.goto(`${about.address}/sync/v1/about`);
    await page.evaluate(await pageScript());
    const taken = await page.evaluate((given) => (globalThis as unknown as { copyByRxdb(about: typeof given): Promise<CopyTaken> }).copyByRxdb(given), about);
    return rateOf(taken, documents);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true });
  }
}

async function aboutOf(central: Central, organisation: Organisation) {
  const { address } = central.server;
  const [client] = await lightClients(central, organisation, 1, address);
  if (client === undefined) throw new Error('There is no light client');
  return { address, session: { token: client.token as string, epoch: client.epoch as string, scopeVersion: client.scopeVersion } };
}

async function pageScript(): Promise<string> {
  const entry = fileURLToPath(new URL('sync-peer-rxdb-page.ts', import.meta.url));
  const built = await build({ configFile: false, logLevel: 'error', build: { write: false, lib: { entry, formats: ['iife'], name: 'bench' } }, define: { 'process.env.NODE_ENV': '"production"' } });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (bundle === undefined || !('output' in bundle)) throw new Error('The page was not built');
  return bundle.output[0].code;
}

function rateOf({ documents: taken, seconds }: CopyTaken, documents: number): number {
  if (taken !== documents) throw new Error(`RxDB holds ${taken} of ${documents} documents`);
  return documents / seconds;
}
