import { createRequire } from 'node:module';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from './sync-child.ts';
import { madeUp, type Size } from './sync-fill.ts';

/** The little of PouchDB that is used here; it has no place among the project's own packages. */
interface Pouch {
  bulkDocs(documents: object[]): Promise<{ error?: unknown }[]>;
  info(): Promise<{ doc_count: number }>;
  close(): Promise<void>;
  replicate: { from(address: string, options: object): Promise<{ ok: boolean }> };
}
type PouchClass = (new (name: string) => Pouch) & { defaults(options: object): PouchClass };
type App = { use(path: string, handler: unknown): void; listen(port: number, host: string): Server };

/** One of the two ends, with the packages and the files of this folder: both ends in one process would share a core. */
const [folder = ''] = process.argv.slice(2);
const load = createRequire(join(folder, 'package.json'));
const PouchDB = load('pouchdb') as PouchClass;
/** Documents that are written at once where the server is filled. */
const inBatches = 1000;

serve(
  {
    /** Serves a LevelDB with these documents; answers its address. */
    async serveFilled(size: Size): Promise<string> {
      const Stored = PouchDB.defaults({ prefix: join(folder, 'server-') });
      await fill(new Stored('clinic'), size);
      const app = (load('express') as () => App)();
      app.use('/', (load('express-pouchdb') as (pouch: PouchClass, options: object) => unknown)(Stored, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') }));
      const server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/clinic`;
    },
    /** Takes all of it into a LevelDB of its own, replicated with these options; answers how many documents there are after how many seconds. */
    async take({ address, options }: { address: string; options: object }): Promise<{ documents: number; seconds: number }> {
      const local = new PouchDB(mkdtempSync(join(folder, 'client-')));
      const began = performance.now();
      await local.replicate.from(address, options);
      const seconds = (performance.now() - began) / 1000;
      const { doc_count: documents } = await local.info();
      await local.close();
      return { documents, seconds };
    },
  },
  async () => undefined,
);

async function fill(pouch: Pouch, size: Size): Promise<void> {
  let batch: object[] = [];
  const write = async () => {
    const written = await pouch.bulkDocs(batch);
    if (written.some(({ error }) => error !== undefined)) throw new Error('PouchDB refused a document');
    batch = [];
  };
  for (const { collection, id, content } of madeUp(size, 1)) if (batch.push({ _id: `${collection}:${id}`, ...content }) === inBatches) await write();
  if (batch.length > 0) await write();
}
