import { sign } from 'node:crypto';
import { step } from '../../shared/sync/engine.ts';
import type { Event } from '../../shared/sync/engine-types.ts';
import { helloText, protocolVersion, reidentifyText, type WireDocument } from '../../shared/sync/protocol.ts';
import { Checks } from '../../shared/sync/simulator/checks.ts';
import { bytesOfFile } from '../../shared/sync/simulator/files.ts';
import { MemoryReplica } from '../../shared/sync/simulator/memory-replica.ts';
import { act } from '../../shared/sync/simulator/people.ts';
import { Random, idsFrom, mix } from '../../shared/sync/simulator/random.ts';
import type { ServerFacts } from '../../shared/sync/simulator/stores.ts';
import { Workstation } from '../../shared/sync/simulator/workstation.ts';
import type { World } from '../../shared/sync/simulator/world.ts';
import { pulledCollections } from '../../shared/sync/scope.ts';
import { LinkError } from '../client/server-link.ts';
import { openDatabase, type ServerDatabase } from '../database/index.ts';
import type { Link } from '../follow/messenger.ts';
import { createService, type ServiceOptions, type SyncService } from '../service/index.ts';
import { chunkOf } from './attachments.ts';
import type { Replica } from './planted-tiers.ts';
import { assertTakenAreWhole, type Taken } from './taken-documents.ts';
import { linkTo, TestHub } from './tiers.ts';
import { assertUnsentStands, unsentOf } from './unsent.ts';
import { makeKeyPair, type KeyPair } from './workstation.ts';

const never = new AbortController().signal;
const begin = Date.UTC(2026, 0, 1);
export const siteIds = ['11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222'] as const;

/** Made once and used in every history: they are nobody's. */
const keyPairs: KeyPair[] = [];

/** A database is emptied before each history: to migrate costs more than a history. */
const databases = new Map<string, Promise<ServerDatabase>>();
async function emptyDatabase(role: string): Promise<ServerDatabase> {
  const known = databases.get(role) ?? openDatabase({ kind: 'sqlite', path: ':memory:' });
  databases.set(role, known);
  const database = await known;
  for (const table of await tablesOf(database)) await database.change(`DELETE FROM ${table}`);
  return database;
}
const tablesOf = async (database: ServerDatabase): Promise<string[]> =>
  (await database.rows<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%migration%'")).map(({ name }) => name);

type Backup = [table: string, rows: Record<string, unknown>[]][];
async function copyOf(database: ServerDatabase): Promise<Backup> {
  const backup: Backup = [];
  for (const table of await tablesOf(database)) backup.push([table, await database.rows(`SELECT * FROM ${table}`)]);
  return backup;
}
async function bringBack(database: ServerDatabase, backup: Backup): Promise<void> {
  for (const [table, rows] of backup) {
    await database.change(`DELETE FROM ${table}`);
    for (const row of rows) {
      const names = Object.keys(row);
      await database.change(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`, Object.values(row));
    }
  }
}

const hubCount = 2;
const stationsEach = 2;

interface Station {
  workstation: Workstation;
  keys: KeyPair;
  next: KeyPair;
  /** Of which hub; the last index: of central itself. */
  server: number;
  isCut: boolean;
}

/** Central, two hubs that follow it, two workstations each and one at central, all in virtual time. */
export class TierWorld {
  readonly hubs: TestHub[] = [];
  readonly stations: Station[] = [];
  central!: SyncService;
  centralDatabase!: ServerDatabase;
  centralOrganisation = '';
  now = begin;
  readonly checks: Checks;
  readonly #newId: () => string;
  readonly #liked: number;
  readonly #taken: Taken[] = [];
  readonly #settings: ServiceOptions;
  readonly #replica: Replica | undefined;
  #words = 0;
  #keysUsed = 0;
  #centralBackup: Backup | undefined;
  readonly #hubBackups: (Backup | undefined)[] = [];
  /** Of each hub: the line to central is cut, or only the next answer is lost. */
  readonly cut: boolean[] = [];
  readonly #answerLost: number[] = [];

  constructor(seed: number, replica: Replica | undefined) {
    this.#replica = replica;
    this.#newId = idsFrom(mix(seed >>> 0, 91));
    this.#liked = mix(seed >>> 0, 5) % 64;
    let bytes = 0;
    this.#settings = {
      clock: { now: () => new Date(this.now) }, newId: this.#newId, limits: { pageBytes: 1500 },
      randomBytes: (count) => Uint8Array.from({ length: count }, () => ((bytes = (bytes * 1103515245 + 12345) % 2147483648) >>> 16) & 255),
    };
    this.checks = new Checks(() => ({ server: { facts: () => this.facts(this.#everywhere) }, workstations: this.stations.map((station) => this.#shown(station)), revoked: new Set(), serverRestored: this.#isForgetful }) as unknown as World);
  }
  #everywhere = true;
  #atCentral = new Set<string>();
  /**
   * A server was put back, or a hub has given up the versions of a patient who left it. Work that its workstations send afterwards meets a server
   * without the versions that it was written over, and clashes there in more than at central: that is another question.
   */
  #isForgetful = false;
  #wasRestored = false;
  readonly #written: WireDocument[] = [];

  /** The server that is being put back to an older state. */
  #restored: number | undefined;

  /**
   * Without what was purged at a hub before central had its content: purged, it is nobody's at central, and its empty rest stays at the
   * hub. What was sent is offered again to the server it was sent to, and to no other: a patient that left the scope of a hub is gone
   * there with its work once central has that, as on a workstation.
   */
  #shown({ workstation, server }: Station): Workstation {
    const { store } = workstation;
    const isOffered = this.#restored === undefined || this.#restored === server;
    const documents = () =>
      store.documents().filter(({ collection, id, content, rev, serverRev }) => (content !== null || this.#atCentral.has(`${collection}/${id}`)) && (isOffered || rev !== serverRev));
    const view = Object.assign(Object.create(store) as typeof store, { documents, kept: () => store.kept().filter(({ state }) => state !== 'sent' || isOffered) });
    return Object.assign(Object.create(workstation) as Workstation, { store: Object.defineProperty(view, 'replica', { value: store.replica }) });
  }

  static async create(seed: number, replica?: Replica): Promise<TierWorld> {
    const world = new TierWorld(seed, replica);
    world.centralDatabase = await emptyDatabase('central');
    world.central = createService(world.centralDatabase, { pollMilliseconds: 0, ...world.#settings });
    world.centralOrganisation = (await world.central.createOrganisation('Central')).organisationId;
    for (let index = 0; index < hubCount; index += 1) await world.#openHub(index, siteIds[(mix(seed >>> 0, 7) + (mix(seed >>> 0, 8) % 3 === 0 ? 0 : index)) % 2] as string);
    for (let index = 0; index < hubCount * stationsEach; index += 1) await world.#join(index % hubCount, `w${index}`);
    await world.#join(hubCount, 'direct');
    return world;
  }

  async #openHub(index: number, siteId: string): Promise<void> {
    this.cut.push(false);
    this.#answerLost.push(0);
    const link = linkTo(() => this.central, () => {
      if (this.cut[index] === true) return true;
      // The second question of a message is that of its answer.
      if ((this.#answerLost[index] ?? 0) === 0) return false;
      this.#answerLost[index] = (this.#answerLost[index] ?? 0) - 1;
      return this.#answerLost[index] === 0;
    });
    const hub = await TestHub.on(await emptyDatabase(`hub ${index}`), link, this.#settings, this.#replica);
    this.hubs.push(hub);
    const { code } = await this.central.createCode({ organisationId: this.centralOrganisation, siteId });
    await hub.follow(code);
    await hub.sync();
    await hub.seeToNumbers();
  }

  #serviceOf(server: number): SyncService {
    return this.hubs[server]?.service ?? this.central;
  }

  async siteOf(server: number): Promise<string> {
    const [row] = (await this.hubs[server]?.database.rows<{ siteId: string }>('SELECT site_id AS siteId FROM upstreams')) ?? [];
    return row?.siteId ?? siteIds[0];
  }

  #freshKeys(): KeyPair {
    this.#keysUsed += 1;
    return (keyPairs[this.#keysUsed - 1] ??= makeKeyPair());
  }

  async #enrol(server: number, keys: KeyPair): Promise<{ deviceId: string; workstationNumber: number; siteId: string }> {
    const service = this.#serviceOf(server);
    const organisationId = this.hubs[server]?.organisationId ?? this.centralOrganisation;
    const { code } = await service.createCode({ organisationId, siteId: await this.siteOf(server) });
    return service.handle('enrol', null, { protocol: protocolVersion, code, publicKey: keys.publicKey, name: 'Workstation', appVersion: '1.0.0' });
  }

  async #join(server: number, name: string): Promise<void> {
    const keys = this.#freshKeys();
    const identity = await this.#enrol(server, keys);
    const store = new MemoryReplica(identity.deviceId, this.#newId);
    const workstation = new Workstation({ name, line: name, store, siteId: identity.siteId, version: 2, minor: 0, step });
    this.stations.push({ workstation, keys, next: this.#freshKeys(), server, isCut: false });
  }

  /** `correspondence`: in how many of a hundred cases it is about what goes from site to site. */
  write(index: number, n: number, correspondence = 0): void {
    const { workstation } = this.stations[index % this.stations.length] as Station;
    const { store } = workstation;
    const deed = act({
      random: new Random(n), liked: this.#liked, correspondence, takesDocuments: true, siteIds, siteId: workstation.siteId, deviceId: store.replica.state().deviceId, version: 2, at: new Date(this.now).toISOString(),
      newId: this.#newId, newWord: () => `w${(this.#words += 1)}z`, documents: store.documents(),
    });
    if (deed === undefined) return;
    const before = deed.changes.map(({ collection, id }) => store.find(collection, id));
    const changeSet = store.write(deed);
    if (changeSet === undefined) return;
    const taken = deed.changes.flatMap(({ id, takenFrom }) => (takenFrom === undefined ? [] : [{ id, from: takenFrom }]));
    this.#taken.push(...taken);
    this.checks.wrote(workstation.name, changeSet, before, new Set(taken.map(({ id }) => id)));
    this.#written.push(...changeSet.documents);
    workstation.feed({ type: 'local-change' }, this.now);
  }

  /** Charts that were shared until a time before `now` come to their end. */
  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    for (const { service } of [...this.hubs, { service: this.central }]) await service.endExpired();
  }

  /** One thing at one workstation. Answers whether there was any. */
  async tick({ workstation, ...station }: Station): Promise<boolean> {
    if (workstation.work !== undefined) {
      const effect = workstation.work;
      workstation.work = undefined;
      workstation.feed(effect.type === 'replica' ? this.#callReplica(workstation, effect) : await this.#ask({ workstation, ...station }, effect), this.now);
    } else if (workstation.machine.step === 'stopped') workstation.feed({ type: 'start' }, this.now);
    else if (workstation.due !== undefined && workstation.due <= this.now) {
      workstation.due = undefined;
      workstation.feed({ type: 'timer' }, this.now);
    } else return false;
    return true;
  }

  #callReplica(workstation: Workstation, { method, input }: Extract<NonNullable<Workstation['work']>, { type: 'replica' }>): Event {
    const call = workstation.store.replica[method].bind(workstation.store.replica) as (...values: unknown[]) => unknown;
    return { type: 'done', value: call(...input) };
  }

  async #ask(station: Station, { name, body }: Extract<NonNullable<Workstation['work']>, { type: 'request' }>): Promise<Event> {
    const { workstation } = station;
    const found = this.stations.find((one) => one.workstation === workstation) as Station;
    try {
      const link: Link = linkTo(() => this.#serviceOf(station.server), () => found.isCut);
      const { value } = await link.post(name, workstation.token === '' ? undefined : workstation.token, this.#words_(found, name, body), never);
      if (name === 'attachment-get') return { type: 'answer', value: inWords(body as Transferred, value as { bytes: string | null }) };
      const answer = value as { token?: string; siteId?: string };
      if (answer.token !== undefined) workstation.greet(answer.token);
      if (answer.siteId !== undefined) workstation.siteId = answer.siteId;
      if (name === 'reidentify') [found.keys, found.next] = [found.next, this.#freshKeys()];
      return { type: 'answer', value };
    } catch (error) {
      if (error instanceof LinkError) return { type: 'failed', trouble: error.failure as 'unreachable' };
      throw error;
    }
  }

  #words_({ keys, next }: Station, name: string, body: unknown): unknown {
    const signature = (text: string) => sign(null, Buffer.from(text), keys.privateKey).toString('base64url');
    const at = new Date(this.now).toISOString();
    if (name === 'hello') {
      const claims = { ...(body as { deviceId: string; counter: number; epoch: string | null; position: number }), protocol: protocolVersion, at, appVersion: '1.0.0' };
      return { ...claims, signature: signature(helloText(claims)) };
    }
    if (name === 'reidentify') {
      const claims = { deviceId: (body as { deviceId: string }).deviceId, publicKey: next.publicKey };
      return { ...claims, signature: signature(reidentifyText(claims)) };
    }
    if (name === 'pull' || name === 'snapshot') return { ...(body as object), maxBytes: 1500 };
    if (name === 'attachment-put') return { ...(body as object), bytes: chunkOf(bytesOfFile((body as Transferred).hash), (body as Transferred).number) };
    if (name !== 'report') return body;
    return {
      ...(body as object), at, appVersion: '1.0.0', unsent: 0, oldestUnsentAt: null, quarantined: 0, openConflicts: 0, lastSuccessAt: null, dataBytes: 0, lastError: null, namesTag: null,
    };
  }

  async runHub(index: number, ticks: number): Promise<void> {
    const hub = this.hubs[index % hubCount] as TestHub;
    if (hub.isIdle) {
      hub.feed({ type: 'start' });
      hub.feed({ type: 'local-change' });
      hub.feed({ type: 'timer' });
    }
    for (let left = ticks; left > 0 && !hub.isIdle; left -= 1) await this.#tickHub(hub);
  }

  async #tickHub(hub: TestHub): Promise<void> {
    const unsent = hub.isArriving ? await unsentOf(hub.database) : undefined;
    await hub.tick();
    if (unsent !== undefined) await assertUnsentStands(hub.database, unsent);
  }

  async saveBetween(index: number, n: number): Promise<void> {
    const hub = this.hubs[index % hubCount] as TestHub;
    if (hub.isIdle) await this.runHub(index, 1);
    for (let left = 20; left > 0 && !hub.isIdle && !hub.isArriving; left -= 1) await this.#tickHub(hub);
    const own = this.stations.flatMap(({ server }, at) => (server === index % hubCount ? [at] : []));
    const at = own[n % own.length] as number;
    this.write(at, n);
    await this.runStation(at, 40);
    await this.runHub(index, 40);
  }

  async runStation(index: number, ticks: number): Promise<void> {
    const station = this.stations[index % this.stations.length] as Station;
    const { workstation } = station;
    if (workstation.work === undefined && workstation.machine.step !== 'stopped') workstation.feed({ type: 'timer' }, this.now);
    for (let left = ticks; left > 0 && (await this.tick(station)); left -= 1);
  }

  loseAnswer(index: number): void {
    this.#answerLost[index % hubCount] = 2;
  }

  crashHub(index: number): void {
    this.hubs[index % hubCount]?.crash();
  }

  async backUp(which: number): Promise<void> {
    const server = which % (hubCount + 1);
    if (server === hubCount) this.#centralBackup = await copyOf(this.centralDatabase);
    else this.#hubBackups[server] = await copyOf((this.hubs[server] as TestHub).database);
  }

  async restore(which: number, announced: boolean): Promise<void> {
    const server = which % (hubCount + 1);
    const backup = server === hubCount ? this.#centralBackup : this.#hubBackups[server];
    if (backup === undefined) return;
    const database = server === hubCount ? this.centralDatabase : (this.hubs[server] as TestHub).database;
    await bringBack(database, backup);
    this.#isForgetful = this.#wasRestored = true;
    this.hubs[server]?.crash();
    await this.#serviceOf(server).endSessions();
    if (announced) await this.#serviceOf(server).renewEpoch();
    // An answer that is on its way to a workstation of a hub may be of work that the hub has handed on and, its patient gone, given away.
    if (server === hubCount) for (const station of this.stations) if (station.server !== hubCount) station.workstation.crash();
    this.#restored = server;
    await this.checks.destroyed();
    this.#restored = undefined;
  }

  /** Mends all lines and lets everything come to rest. */
  async heal(): Promise<string | undefined> {
    this.cut.fill(false);
    this.#answerLost.fill(0);
    for (const station of this.stations) station.isCut = false;
    let unrest: string | undefined = 'never begun';
    for (let day = 0; day < 3; day += 1) {
      await this.pass(86_400_000);
      for (const { workstation } of this.stations) workstation.feed({ type: 'verify' }, this.now);
      for (const hub of this.hubs) hub.feed({ type: 'verify' });
      for (let round = 0; round < 30; round += 1) {
        for (const hub of this.hubs) {
          await hub.sync();
          if (!hub.isForgotten) continue;
          await hub.follow((await this.central.createCode({ organisationId: this.centralOrganisation, siteId: await this.siteOf(this.hubs.indexOf(hub)) })).code);
          hub.crash();
        }
        for (const station of this.stations) await this.#exhaust(station);
        unrest = await this.#unrest();
        if (unrest === undefined && round > 0) break;
      }
    }
    return unrest;
  }

  async #exhaust(station: Station): Promise<void> {
    const { workstation } = station;
    if (workstation.trouble === 'unknown-device') {
      station.keys = this.#freshKeys();
      workstation.store.join(await this.#enrol(station.server, station.keys));
      workstation.trouble = undefined;
      workstation.crash();
    }
    this.now += 1000;
    workstation.due = 0;
    for (let ticks = 0; await this.tick(station); ticks += 1) if (ticks > 3000) throw new Error(`${workstation.name} goes on for ever at ${workstation.machine.step}`);
  }

  async #unrest(): Promise<string | undefined> {
    const heads = await Promise.all([...this.hubs.map(({ database }) => database), this.centralDatabase].map(headOf));
    for (const { workstation, server } of this.stations) {
      const { position } = workstation.store.replica.state();
      if (position !== heads[server]) return `${workstation.name} stands at ${position} of ${heads[server]}, ${workstation.machine.step} ${workstation.trouble}`;
      if (workstation.store.kept().some(({ state }) => state === 'waiting')) return `${workstation.name} has unsent work`;
    }
    for (const [index, hub] of this.hubs.entries()) {
      const { position, locked } = await hub.replica.state();
      if (locked || position !== heads[hubCount]) return `hub ${index} stands at ${position} of ${heads[hubCount]}, ${hub.machine.step}${locked ? ', locked' : ''}`;
      const [waiting] = await hub.database.rows(`SELECT id FROM upstream_change_sets WHERE state IN ('waiting', 'offered')`);
      if (waiting !== undefined) return `hub ${index} has unsent work`;
    }
    return undefined;
  }

  /** Everybody holds what central holds; nothing that was written is missing there. */
  async check(): Promise<void> {
    this.#everywhere = false;
    for (const { database } of this.hubs) this.#isForgetful ||= (await database.rows('SELECT patient_id FROM grants WHERE withdrawn_position IS NOT NULL LIMIT 1')).length > 0;
    await this.checks.atEnd();
    if (!this.#wasRestored) await assertTakenAreWhole(this.centralDatabase, this.#taken, this.stations.map(({ workstation }) => workstation));
  }

  /** What was written of documents that were purged before central had them: it is nobody's there, and goes from the hub with its patient. */
  #purgedBelow(): Versions['versions'] {
    const own = this.#written.filter(({ collection, id }) => !this.#atCentral.has(`${collection}/${id}`));
    const purged = new Set(own.filter(({ content }) => content === null).map(({ id }) => id));
    return own.filter(({ id }) => purged.has(id)).map((document) => ({ ...document, content: null, compartment: '!', isCurrent: false }));
  }

  /** What central holds; before the end, what anybody holds. */
  async facts(everywhere: boolean): Promise<ServerFacts> {
    const all = [this.centralDatabase, ...this.hubs.map(({ database }) => database)];
    const [central, ...others] = (await Promise.all(all.map(readVersions))) as [Versions, ...Versions[]];
    this.#atCentral = new Set(central.versions.filter(({ compartment }) => compartment !== '!').map(({ collection, id }) => `${collection}/${id}`));
    const elsewhere = others.flatMap(({ versions }) => versions).filter(({ content, collection, id }) => everywhere || (content === null && !this.#atCentral.has(`${collection}/${id}`)));
    const byRev = new Map([...this.#purgedBelow(), ...elsewhere, ...central.versions].map((version) => [version.rev, version]));
    const current = central.versions.filter(({ isCurrent }) => isCurrent);
    const byId = new Map(current.map((version) => [`${version.collection}/${version.id}`, version]));
    const quarantine = [central, ...others].flatMap(({ quarantined }) => quarantined);
    const devices = new Map([central, ...others].flatMap((one) => one.devices));
    return {
      epoch: '', kept: () => '', head: central.head, version: (rev) => byRev.get(rev), current: (collection, id) => byId.get(`${collection}/${id}`),
      scope: (siteId) => {
        const open = new Set(['*', ...central.grants.filter((grant) => grant.siteId === siteId).map(({ patientId }) => patientId)]);
        return current.filter(({ compartment, collection }) => open.has(compartment) && pulledCollections.includes(collection));
      },
      conflicts: () => current.filter(({ collection }) => collection === 'conflicts'),
      quarantined: (rev) => quarantine.some((text) => text.includes(rev)),
      device: (deviceId) => devices.get(deviceId),
      attachment: (id, hash) => [central, ...(everywhere ? others : [])].some(({ attachments }) => attachments.has(`${id} ${hash}`)),
      sharedPosition: () => undefined,
    };
  }
}

interface Transferred {
  hash: string;
  number: number;
}

/** A workstation in memory has words for chunks, which stand for the bytes that went over the line. */
const inWords = ({ hash, number }: Transferred, { bytes }: { bytes: string | null }): { bytes: string | null } => ({
  bytes: bytes !== null && bytes === chunkOf(bytesOfFile(hash), number) ? `${hash}.${number}` : null,
});

const headOf = async (database: ServerDatabase): Promise<number> => ((await database.rows<{ position: number }>('SELECT position FROM counters'))[0] as { position: number }).position;

interface Versions {
  head: number;
  versions: (WireDocument & { compartment: string; isCurrent: boolean })[];
  grants: { siteId: string; patientId: string }[];
  quarantined: string[];
  devices: [string, { siteId: string; revoked: boolean }][];
  attachments: Set<string>;
}

async function readVersions(database: ServerDatabase): Promise<Versions> {
  const rows = await database.rows<Record<string, never>>('SELECT * FROM revisions ORDER BY position, ordinal');
  const devices = await database.rows<{ id: string; siteId: string; state: string }>('SELECT id, site_id AS siteId, state FROM devices');
  const attachments = await database.rows<{ id: string; hash: string }>(
    'SELECT r.document_id AS id, r.hash AS hash FROM attachment_references r JOIN attachments a ON a.holder_id = r.holder_id AND a.hash = r.hash WHERE a.complete = 1',
  );
  // A rev that was refused above is kept in the hub's own revisions.
  const refused = await database.rows<{ rev: string }>(
    `SELECT r.rev AS rev FROM revisions r JOIN upstream_change_sets u ON u.position = r.position AND u.part = r.merged WHERE u.state = 'refused'`,
  );
  return {
    head: await headOf(database),
    versions: rows.map((row: Record<string, unknown>) => ({
      collection: row['collection'] as string, id: row['document_id'] as string, rev: row['rev'] as string, baseRev: row['base_rev'] as string | null, deleted: row['deleted'] === 1,
      createdAt: row['created_at'] as string, updatedAt: row['updated_at'] as string, updatedBy: row['updated_by'] as string,
      content: row['content'] === null ? null : (JSON.parse(row['content'] as string) as WireDocument['content']), compartment: row['compartment'] as string,
      isCurrent: row['superseded_position'] === null,
    })),
    grants: await database.rows('SELECT site_id AS siteId, patient_id AS patientId FROM grants WHERE withdrawn_position IS NULL'),
    quarantined: [...(await database.rows<{ content: string }>('SELECT content FROM quarantine')).map(({ content }) => content), ...refused.map(({ rev }) => rev)],
    attachments: new Set(attachments.map(({ id, hash }) => `${id} ${hash}`)),
    devices: devices.map(({ id, siteId, state }) => [id, { siteId, revoked: state === 'revoked' }]),
  };
}
