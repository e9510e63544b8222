import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ServerLink } from '../../sync-server/client/server-link.ts';
import { openConnection } from '../../electron/storage/connection.ts';
import { systemClock } from '../../electron/storage/environment.ts';
import { Keyring } from '../../electron/storage/keyring.ts';
import type { SnapshotAnswer } from '../../shared/sync/protocol.ts';
import { bareWriter } from './bare-write.ts';
import { doctorAccount, settle } from './clinic.ts';
import { atLeast, type Figure } from './report.ts';
import { lightClients, type Central, type Organisation } from './sync-central.ts';
import { progress } from './sync-cleanup.ts';
import { documentsOf, fillOrganisation } from './sync-fill.ts';
import { spread } from './percentiles.ts';
import { startPouchdb } from './sync-peer-pouchdb.ts';
import { takeByRxdb, takeByRxdbInBrowser } from './sync-peer-rxdb.ts';
import { joined, type Joined, type Setting } from './sync-setting.ts';
import { newProfile } from './sync-workstation.ts';

/** Documents a second from joining to being in step, digests compared; beside the bare stages and a peer. */
export async function firstCopyFigures(setting: Setting): Promise<Figure[]> {
  const { sizes } = setting;
  const central = await setting.central();
  const large = await setting.large();
  settle();
  progress('Bare stages of a first copy');
  const bare = await bareStages(central, large);
  const slowest = Math.min(bare.fetched, bare.inserted);
  const documents = documentsOf(sizes.large);
  settle();
  const rate = await rateOf(await setting.largeCopy(), documents);
  return [
    {
      what: `first copy of ${documents} documents into the encrypted store`, unit: 'documents/s', measured: rate,
      bare: { what: `the slower bare stage: ${slowest === bare.fetched ? 'fetch and parse' : 'SQLite inserts'}`, measured: slowest },
      aims: [atLeast('rate', rate, 20_000, ' documents/s')],
    },
    { what: '· fetching and parsing alone', unit: 'documents/s', measured: bare.fetched },
    { what: '· bare encrypted SQLite inserts of the same alone', unit: 'documents/s', measured: bare.inserted },
    ...(await peerFigures(setting, central)),
  ];
}

/** One copy of one and the same varies by a tenth. */
const rounds = 3;

/**
 * The same documents through PouchDB, and through RxDB, in memory only and in a browser's IndexedDB, and by a workstation: by turns, and of
 * each the median. Batches of 1000, ten times what either comes with, suit both best.
 */
async function peerFigures(setting: Setting, central: Central): Promise<Figure[]> {
  const patients = Math.ceil(setting.sizes.peer / 10);
  const size = { patients, records: setting.sizes.peer - patients };
  const organisation = await fillOrganisation(central, 'peer', size, setting.seededProfile());
  const count = documentsOf(size);
  const pouchdb = await startPouchdb(setting.cleanup, size);
  const workstation = async () => {
    const copy = await joined(setting.cleanup, central, organisation);
    const rate = await rateOf(copy, count);
    await copy.workstation.close();
    return rate;
  };
  const peers = {
    'stock RxDB, in memory, from the same server': () => takeByRxdb(central, organisation, count),
    'stock RxDB, Dexie in Chromium, from the same server': () => takeByRxdbInBrowser(central, organisation, count),
    ...(pouchdb !== undefined && {
      'PouchDB as it comes, LevelDB at both ends, from express-pouchdb': () => pouchdb.take(),
      'PouchDB in batches of 1000, LevelDB at both ends, from express-pouchdb': () => pouchdb.take({ batch_size: 1000 }),
    }),
  };
  const rates = await medians({ ...peers, 'a workstation': workstation }, count);
  await pouchdb?.end();
  const rate = rates.get('a workstation') as number;
  const what = `first copy of ${count} documents`;
  const figures = Object.keys(peers).map((peer): Figure => {
    const measured = rates.get(peer) as number;
    return { what, unit: 'documents/s', measured: rate, bare: { what: peer, measured }, aims: [atLeast('rate', Number((rate / measured).toFixed(2)), 5, `× ${peer.split(',').slice(0, 2).join()}`)] };
  });
  return pouchdb === undefined ? [...figures, { what: `${what} (PouchDB could not be installed to stand beside it)`, unit: 'documents/s', measured: rate }] : figures;
}

/** Documents a second. */
async function medians(takers: Record<string, () => Promise<number>>, count: number): Promise<Map<string, number>> {
  const rates = new Map(Object.keys(takers).map((name): [string, number[]] => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, take] of Object.entries(takers)) {
      settle();
      progress(`${count} documents by ${name} (${round} of ${rounds})`);
      rates.get(name)?.push(await take());
    }
  }
  return new Map([...rates].map(([name, each]) => [name, spread(each).p50]));
}

async function rateOf({ workstation, seconds }: Joined, documents: number): Promise<number> {
  const held = await countHeld(workstation.profile);
  if (held !== documents) throw new Error(`The first copy holds ${held} of ${documents} documents`);
  return documents / seconds;
}

/** Opened by a password that came with the copy. */
async function countHeld(profile: string): Promise<number> {
  const { username, password } = doctorAccount;
  const { databaseKey } = await Keyring.open(profile, systemClock).unsealWithPassword(username, password);
  const connection = openConnection(join(profile, 'outpost.db'), databaseKey, { readonly: true });
  const counted = connection.prepare('SELECT (SELECT count(*) FROM patients) + (SELECT count(*) FROM medical_records)').pluck().get() as number;
  connection.close();
  return counted;
}

/** Page by page: what the transport and JSON cost, and then what the bare rows cost, each by its own clock. */
async function bareStages(central: Central, organisation: Organisation): Promise<{ fetched: number; inserted: number }> {
  const [client] = await lightClients(central, organisation, 1, central.server.address);
  if (client === undefined) throw new Error('There is no light client');
  const link = new ServerLink({ address: central.server.address });
  const writer = bareWriter(newProfile(), randomBytes(32));
  const insert = writer.connection.prepare('INSERT INTO documents VALUES (?, ?)');
  const write = writer.connection.transaction((rows: [string, string][]) => rows.forEach(([id, content]) => insert.run(id, content)));
  let [documents, fetching, inserting]: [number, number, number] = [0, 0, 0];
  let [at, cursor]: [number | null, string | null] = [null, null];
  do {
    let began = performance.now();
    const { value } = await link.post('snapshot', client.token ?? '', { epoch: client.epoch, at, cursor, maxBytes: 4_000_000 }, AbortSignal.timeout(60_000));
    fetching += performance.now() - began;
    const page = value as SnapshotAnswer;
    const rows = page.documents.map(({ collection, id, content }): [string, string] => [`${collection}/${id}`, JSON.stringify(content)]);
    began = performance.now();
    write.immediate(rows);
    inserting += performance.now() - began;
    documents += rows.length;
    [at, cursor] = [page.at, page.cursor];
  } while (cursor !== null);
  writer.remove();
  link.close();
  return { fetched: (documents * 1000) / fetching, inserted: (documents * 1000) / inserting };
}
