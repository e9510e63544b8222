import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { openDatabase, type ServerDatabase } from '../../sync-server/database/index.ts';
import { createService, SyncException, type SyncService } from '../../sync-server/service/index.ts';
import type { MessageName } from '../../shared/sync/engine-types.ts';
import { helloText, protocolVersion, reidentifyText, type WireDocument } from '../../shared/sync/protocol.ts';
import { pulledCollections } from '../../shared/sync/scope.ts';
import type { Answered, ServerFacts, ServerStore } from '../../shared/sync/simulator/stores.ts';

/** Few, so that pages end everywhere. */
const pageBytes = 1500;
const appVersion = '0.1.0';
const adminId = '99999999-9999-7999-8999-999999999999';
const adminSite = '99999999-9999-7999-8999-999999999998';

interface Keys {
  publicKey: string;
  privateKey: KeyObject;
}
function makeKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKey.export({ format: 'jwk' }).x as string };
}
/** Made once and used in every history: they are nobody's. */
const keyPairs: Keys[] = [];
const signature = ({ privateKey }: Keys, text: string) => sign(null, Buffer.from(text), privateKey).toString('base64url');

let shared: Promise<{ database: ServerDatabase; tables: string[] }> | undefined;

/** One database for all histories, emptied before each: to migrate costs more than a history. */
async function emptyDatabase(): Promise<{ database: ServerDatabase; tables: string[] }> {
  shared ??= openDatabase({ kind: 'sqlite', path: ':memory:' }).then(async (database) => {
    const rows = await database.rows<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%migration%'");
    return { database, tables: rows.map(({ name }) => name) };
  });
  const { database, tables } = await shared;
  for (const table of tables) await database.change(`DELETE FROM ${table}`);
  return { database, tables };
}

/** The sync server's own code on SQLite. Messages go through two services on one database in turn, as through two processes. */
export class SqliteServer implements ServerStore {
  private readonly database: ServerDatabase;
  private readonly tables: string[];
  private readonly services: [SyncService, SyncService];
  private readonly organisation: string;
  private readonly keys = new Map<string, Keys>();
  private readonly clock: { at: number };
  private turn = 0;
  private keysUsed = 0;
  private nextKeys = this.freshKeys();
  private admin = { deviceId: '', counter: 0 };
  private known: ServerFacts | undefined;

  private constructor(of: { database: ServerDatabase; tables: string[]; services: [SyncService, SyncService]; organisation: string; clock: { at: number } }) {
    this.database = of.database;
    this.tables = of.tables;
    this.services = of.services;
    this.organisation = of.organisation;
    this.clock = of.clock;
  }

  static async create(newId: () => string): Promise<SqliteServer> {
    const { database, tables } = await emptyDatabase();
    const clock = { at: Date.UTC(2026, 0, 1) };
    let bytes = 0;
    const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => ((bytes = (bytes * 1103515245 + 12345) % 2147483648) >>> 16) & 255);
    const service = () => createService(database, { clock: { now: () => new Date(clock.at) }, newId, randomBytes, pollMilliseconds: 0 });
    const services: [SyncService, SyncService] = [service(), service()];
    const { organisationId } = await services[0].createOrganisation('Simulated');
    const server = new SqliteServer({ database, tables, services, organisation: organisationId, clock });
    await server.setUpAdmin(newId);
    return server;
  }

  /** The first device of an organisation may administer, for a user who is an admin. */
  private async setUpAdmin(newId: () => string): Promise<void> {
    this.admin.deviceId = (await this.enrol(adminSite)).deviceId;
    const at = new Date(this.clock.at).toISOString();
    const content = { username: 'admin', displayName: 'Admin', role: 'admin', active: true };
    const document: WireDocument = { collection: 'users', id: adminId, rev: newId(), baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: adminId, content };
    const { token, epoch } = await this.greet();
    const changeSet = { id: newId(), action: 'user.created', actorId: adminId, deviceId: this.admin.deviceId, wallTime: at, documents: [document] };
    await this.service.handle('push', token, { epoch, changeSets: [changeSet] });
  }

  private freshKeys(): Keys {
    const keys = (keyPairs[this.keysUsed] ??= makeKeys());
    this.keysUsed += 1;
    return keys;
  }

  private get service(): SyncService {
    this.turn += 1;
    return this.services[this.turn % 2] as SyncService;
  }

  async handle(name: MessageName, token: string, body: unknown, now: number): Promise<Answered> {
    this.clock.at = now;
    if (name === 'push' || name === 'hello' || name === 'reidentify' || name === 'attachment-put') this.known = undefined;
    try {
      const message = this.message(name, body as { deviceId: string });
      const value = await this.service.handle(name, token === '' ? null : token, message);
      if (name === 'reidentify') this.keys.set((value as { deviceId: string }).deviceId, this.nextKeys);
      if (name === 'reidentify') this.nextKeys = this.freshKeys();
      // To and fro as JSON, as on the wire.
      return { value: JSON.parse(JSON.stringify(value)) as unknown };
    } catch (error) {
      if (error instanceof SyncException) return { trouble: error.error.code };
      throw error;
    }
  }

  /** What the driver adds to what the machine asks. */
  private message(name: MessageName, body: { deviceId: string }): unknown {
    const keys = () => this.keys.get(body.deviceId) as Keys;
    switch (name) {
      case 'hello': {
        const hello = { ...(body as { deviceId: string; counter: number; epoch: string | null; position: number }), protocol: protocolVersion, at: new Date(this.clock.at).toISOString(), appVersion };
        return { ...hello, signature: signature(keys(), helloText(hello)) };
      }
      case 'reidentify': {
        const request = { deviceId: body.deviceId, publicKey: this.nextKeys.publicKey };
        return { ...request, signature: signature(keys(), reidentifyText(request)) };
      }
      case 'pull': case 'snapshot':
        return { ...body, maxBytes: pageBytes };
      case 'report':
        return {
          ...body, at: new Date(this.clock.at).toISOString(), appVersion, unsent: 0, oldestUnsentAt: null, quarantined: 0, openConflicts: 0,
          lastSuccessAt: null, dataBytes: 0, lastError: null, namesTag: null,
        };
      default:
        return body;
    }
  }

  async enrol(siteId: string): Promise<{ deviceId: string; workstationNumber: number }> {
    this.known = undefined;
    const { code } = await this.service.createCode({ organisationId: this.organisation, siteId });
    const keys = this.freshKeys();
    const { deviceId, workstationNumber } = await this.service.handle('enrol', null, { protocol: protocolVersion, code, publicKey: keys.publicKey, name: 'Workstation', appVersion });
    this.keys.set(deviceId, keys);
    return { deviceId, workstationNumber };
  }

  async revoke(deviceId: string): Promise<void> {
    await this.administer('revoke', { deviceId });
  }

  async move(deviceId: string, siteId: string): Promise<void> {
    await this.administer('move', { deviceId, siteId });
  }

  private async administer(name: 'revoke' | 'move', of: object): Promise<void> {
    this.known = undefined;
    const { token } = await this.greet();
    try {
      await this.service.administer(name, token, { actorId: adminId, ...of } as never);
    } catch (error) {
      // A restored server may not know the device.
      if (!(error instanceof SyncException) || error.error.code !== 'not-found') throw error;
    }
  }

  private async greet(): Promise<{ token: string; epoch: string }> {
    this.admin.counter += 1;
    const answered = await this.handle('hello', '', { deviceId: this.admin.deviceId, counter: this.admin.counter, epoch: null, position: 0 }, this.clock.at);
    if ('trouble' in answered) throw new Error(`the admin is refused: ${answered.trouble}`);
    return answered.value as { token: string; epoch: string };
  }

  async backUp(): Promise<(announced: boolean, now: number) => Promise<void>> {
    const backup: [string, Record<string, unknown>[]][] = [];
    for (const table of this.tables) backup.push([table, await this.database.rows<Record<string, unknown>>(`SELECT * FROM ${table}`)]);
    return async (announced) => {
      this.known = undefined;
      for (const [table, rows] of backup) {
        await this.database.change(`DELETE FROM ${table}`);
        for (const row of rows) {
          const columns = Object.keys(row);
          await this.database.change(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`, Object.values(row));
        }
      }
      await this.service.endSessions();
      if (announced) await this.service.renewEpoch();
    };
  }

  async facts(): Promise<ServerFacts> {
    this.known ??= await readFacts(this.database);
    return this.known;
  }
}

interface RevisionRow {
  position: number;
  collection: string;
  id: string;
  rev: string;
  baseRev: string | null;
  compartment: string;
  deleted: number;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
  content: string | null;
  superseded: number | null;
}

async function readFacts(database: ServerDatabase): Promise<ServerFacts> {
  const [counter] = (await database.rows<{ epoch: string; position: number }>('SELECT epoch, position FROM counters')) as [{ epoch: string; position: number }];
  const revisions = await database.rows<RevisionRow>(`SELECT position, collection, document_id AS id, rev, base_rev AS baseRev, compartment, deleted, created_at AS createdAt,
    updated_at AS updatedAt, updated_by AS updatedBy, content, superseded_position AS superseded FROM revisions ORDER BY position, ordinal`);
  const devices = await database.rows<{ id: string; siteId: string; state: string; told: number }>('SELECT id, site_id AS siteId, state, told_position AS told FROM devices');
  const epochs = await database.rows<{ epoch: string; number: number; position: number }>('SELECT epoch, number, position FROM epochs ORDER BY number');
  const grants = await database.rows<{ siteId: string; patientId: string }>('SELECT site_id AS siteId, patient_id AS patientId FROM grants WHERE withdrawn_position IS NULL');
  const quarantine = await database.rows<{ content: string }>('SELECT content FROM quarantine');
  const attachments = await database.rows<{ id: string; hash: string }>(`SELECT r.document_id AS id, r.hash AS hash FROM attachment_references r
    JOIN attachments a ON a.holder_id = r.holder_id AND a.hash = r.hash WHERE a.complete = 1`);
  const wires = new Map(revisions.map((row) => [row, wireOf(row)]));
  const byRev = new Map([...wires.values()].map((document) => [document.rev, document]));
  const current = [...wires].filter(([{ superseded }]) => superseded === null);
  const byId = new Map(current.map(([, document]) => [`${document.collection}/${document.id}`, document]));
  const byDevice = new Map(devices.map((device) => [device.id, device]));
  return {
    epoch: counter.epoch,
    head: counter.position,
    version: (rev) => byRev.get(rev),
    current: (collection, id) => byId.get(`${collection}/${id}`),
    scope: (siteId) => {
      const open = new Set(['*', ...grants.filter((grant) => grant.siteId === siteId).map(({ patientId }) => patientId)]);
      return current.filter(([{ compartment, collection }]) => open.has(compartment) && pulledCollections.includes(collection)).map(([, document]) => document);
    },
    conflicts: () => current.map(([, document]) => document).filter(({ collection }) => collection === 'conflicts'),
    kept: () => [...revisions, ...quarantine].map(({ content }) => content).join(),
    quarantined: (rev) => quarantine.some(({ content }) => content.includes(rev)),
    device: (deviceId) => {
      const device = byDevice.get(deviceId);
      return device && { siteId: device.siteId, revoked: device.state === 'revoked' };
    },
    attachment: (id, hash) => attachments.some((one) => one.id === id && one.hash === hash),
    sharedPosition: (deviceId, epoch, knownPosition) => {
      const device = byDevice.get(deviceId);
      if (device === undefined) return null;
      if (epoch === counter.epoch) return knownPosition > device.told ? device.told : undefined;
      const theirs = epochs.find((one) => one.epoch === epoch);
      const later = theirs === undefined ? [] : epochs.filter(({ number }) => number > theirs.number);
      return later.length === 0 ? null : Math.min(device.told, ...later.map(({ position }) => position));
    },
  };
}

const wireOf = ({ collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, content }: RevisionRow): WireDocument => ({
  collection, id, rev, baseRev, deleted: deleted === 1, createdAt, updatedAt, updatedBy, content: content === null ? null : (JSON.parse(content) as WireDocument['content']),
});
