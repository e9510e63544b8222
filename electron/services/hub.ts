import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { DatabaseState } from '../../shared/contract/app.ts';
import type { HubState, HubUpstream } from '../../shared/contract/sync.ts';
import { AppException, fail, type AppError } from '../../shared/errors.ts';
import type { FollowException, Following, FollowRefusal, FollowRequest } from '../../sync-server/follow/index.ts';
import type { RunningServer } from '../../sync-server/http/index.ts';
import { forgetDeviceKey } from '../replication/identity.ts';
import { hubDatabaseKey, hubDatabasePath, readHub, writeHub, type HubFacts } from '../storage/hub-facts.ts';
import type { Log } from '../storage/log.ts';
import type { Store } from '../storage/store.ts';
import { forgetServer, readServer } from '../storage/sync-facts.ts';
import type { Events } from './events.ts';
import { joinWithClinic, refusalOf, type Joiner } from './joining.ts';
import { currentSite } from './sites.ts';
import { toUpstream } from './upstream.ts';

const usualPort = 8443;

/** The workstation that it runs in, as far as a hub needs to know it. */
interface Host extends Joiner {
  profile: string;
  log: Log;
  events: Events;
  databaseState: DatabaseState;
  store: Store;
  sync: Joiner['sync'] & { syncNow(): void };
}

/** The sync server inside the clinic's first workstation, on its own encrypted SQLite file in the profile. */
export class Hub {
  private readonly workstation: Host;
  private server: RunningServer | undefined;
  private startedAt: string | undefined;
  /** Starting and stopping one after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(workstation: Host) {
    this.workstation = workstation;
  }

  get isRunning(): boolean {
    return this.server !== undefined;
  }

  /** Starts with the database, where it is switched on. A port that is taken meanwhile is told in its state. */
  begin(store: Store): void {
    if (readHub(store)?.enabled !== true) return;
    const start = async () => {
      const server = await this.run(store);
      if (readServer(store.connection)?.organisationId === undefined) await this.found(store, server);
      this.workstation.sync.syncNow();
    };
    void start().catch((error: unknown) => this.workstation.log.error('hub-not-started', error));
  }

  /** Stops until it is started again, by a person or with the database. */
  async end(): Promise<void> {
    await this.inTurn(async () => {
      const { server } = this;
      this.server = this.startedAt = undefined;
      await server?.close();
    });
    this.workstation.events.emit({ type: 'sync' });
  }

  /** Switches it off. */
  async stop(): Promise<void> {
    await this.end();
    const { store } = this.workstation;
    const facts = readHub(store);
    if (facts !== undefined) writeHub(store, { ...facts, enabled: false });
  }

  /** Switches it on, the first time with an organisation of its own that this workstation joins. Fails with `hub-not-started` or `already-enrolled`. */
  async start(store: Store, port: number | undefined): Promise<void> {
    const isMember = readServer(store.connection)?.organisationId !== undefined;
    const known = readHub(store);
    if (isMember && known?.organisationId === undefined) fail({ code: 'already-enrolled' });
    if (known === undefined) setAsideHub(this.workstation.profile, store.now());
    const facts = known ?? (await newHub(store.now()));
    writeHub(store, { ...facts, enabled: true, ...(port !== undefined && { port }) });
    await this.end();
    const server = await this.run(store);
    if (readServer(store.connection)?.organisationId === undefined) await this.found(store, server);
  }

  state(): HubState {
    const { server } = this;
    const facts = this.workstation.databaseState === 'open' ? readHub(this.workstation.store) : undefined;
    return {
      running: server !== undefined,
      enabled: facts?.enabled === true,
      addresses: server === undefined ? [] : ownAddresses().map((host) => `https://${host}:${server.port}`),
      ...(server && { port: server.port }),
      ...(facts && { fingerprint: facts.certificate.fingerprint }),
      ...(this.startedAt !== undefined && { startedAt: this.startedAt }),
    };
  }

  /** Has the embedded server follow another one. Fails with `hub-not-started`, `already-enrolled` or as joining a server does. */
  async follow(store: Store, request: Pick<FollowRequest, 'address' | 'fingerprint' | 'code'>): Promise<void> {
    const { following, organisationId } = this.following();
    const { organisationName, name } = currentSite({ store });
    try {
      await following.follow(organisationId, { ...request, name: `${organisationName} ${name}`.slice(0, 200), appVersion: this.workstation.version });
    } catch (error) {
      throw error instanceof Error && 'refusal' in error ? new AppException(refusals[(error as FollowException).refusal]) : refusalOf(error);
    }
  }

  /** Ends it. Fails with `hub-not-started` or `not-enrolled`. */
  async unfollow(): Promise<void> {
    const { following, organisationId } = this.following();
    if ((await following.facts(organisationId)) === null) fail({ code: 'not-enrolled' });
    await following.leave(organisationId);
  }

  /** How far the embedded server got with the one that it follows; undefined where it follows none, or does not run. */
  async upstream(): Promise<HubUpstream | undefined> {
    if (this.server === undefined || this.workstation.databaseState !== 'open') return undefined;
    const organisationId = readHub(this.workstation.store)?.organisationId;
    const facts = organisationId === undefined ? null : await this.server.service.following.facts(organisationId);
    return facts === null ? undefined : toUpstream(facts);
  }

  /** Tries to reach the server that is followed now, without waiting for its time. */
  retry(): void {
    this.server?.service.following.retry();
  }

  private following(): { following: Following; organisationId: string } {
    const organisationId = readHub(this.workstation.store)?.organisationId;
    if (this.server === undefined || organisationId === undefined) return fail({ code: 'hub-not-started' });
    return { following: this.server.service.following, organisationId };
  }

  /** Starts on the port of last time; on the very first start, where the usual one is taken, on any. */
  private run(store: Store): Promise<RunningServer> {
    return this.inTurn(async () => {
      if (this.server !== undefined) return this.server;
      const facts = readHub(store) as HubFacts;
      // Loaded when it is needed: most workstations serve nobody.
      const { startServer } = await import('../../sync-server/http/index.ts');
      const options = {
        database: { kind: 'sqlite' as const, path: hubDatabasePath(this.workstation.profile), key: hubDatabaseKey(facts) },
        host: '0.0.0.0',
        appVersion: this.workstation.version,
        tls: facts.certificate,
        hostDeviceId: () => store.deviceId,
      };
      const isFirst = facts.organisationId === undefined;
      const server = await startServer({ ...options, port: facts.port }).catch((error: unknown) => {
        if (!isFirst || !isPortTaken(error)) throw error;
        return startServer({ ...options, port: 0 });
      }).catch((error: unknown) => {
        this.workstation.log.error('hub-not-started', error);
        return fail({ code: 'hub-not-started' });
      });
      if (this.workstation.databaseState !== 'open') {
        await server.close();
        return fail({ code: 'hub-not-started' });
      }
      await this.declareRestored(store, server);
      await this.assertOrganisation(store, server);
      this.server = server;
      this.startedAt = store.now().toISOString();
      if (server.port !== facts.port) writeHub(store, { ...(readHub(store) as HubFacts), port: server.port });
      this.workstation.events.emit({ type: 'sync' });
      return server;
    });
  }

  /** Whatever it says before that, a workstation that knows more is found by what it claims. */
  private async declareRestored(store: Store, { service }: RunningServer): Promise<void> {
    const { restored, ...facts } = readHub(store) as HubFacts;
    if (restored === undefined) return;
    await service.renewEpoch();
    writeHub(store, facts);
  }

  /** Whose file was lost begins anew: this workstation still has everything and sends it; the others join once more. */
  private async assertOrganisation(store: Store, { service }: RunningServer): Promise<void> {
    const { organisationId, ...facts } = readHub(store) as HubFacts;
    const known = await service.organisations();
    if (organisationId === undefined || known.some((one) => one.organisationId === organisationId)) return;
    writeHub(store, facts);
    forgetServer(store.connection);
    forgetDeviceKey(store.connection);
    this.workstation.sync.begin(store);
  }

  /** Makes the organisation, and joins this workstation to it as the first: that one may administer. */
  private async found(store: Store, { service, port }: RunningServer): Promise<void> {
    const facts = readHub(store) as HubFacts;
    const site = currentSite({ store });
    const organisationId = facts.organisationId ?? (await service.createOrganisation(site.organisationName)).organisationId;
    writeHub(store, { ...facts, organisationId });
    const { code } = await service.createCode({ organisationId, mayAdminister: true });
    const { cert, fingerprint } = facts.certificate;
    const server = { address: `https://127.0.0.1:${port}`, encrypted: true, certificate: cert, fingerprint };
    await joinWithClinic(this.workstation, server, { code, name: hostname().slice(0, 200) || site.name });
  }

  private inTurn<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    const answer = this.queue.then(run);
    this.queue = answer.catch(() => undefined);
    return answer;
  }
}

/** After a restore of a backup from before it, the database of a hub is there and nothing here opens it. */
function setAsideHub(profile: string, now: Date): void {
  if (!existsSync(hubDatabasePath(profile))) return;
  const folder = join(profile, `replaced-${now.toISOString().replace(/[-:.]/g, '')}-hub`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of ['hub.db', 'hub.db-wal', 'hub.db-shm']) if (existsSync(join(profile, name))) renameSync(join(profile, name), join(folder, name));
}

const refusals: Readonly<Record<FollowRefusal, AppError>> = {
  'not-an-address': { code: 'server-unreachable' },
  'not-encrypted': { code: 'server-not-encrypted' },
  'fingerprint-missing': { code: 'server-certificate-changed' },
  'fingerprint-differs': { code: 'server-certificate-changed' },
  // At another site the patients of this clinic would leave it as soon as they were sent.
  'other-site': { code: 'enrolment-code-wrong' },
  'several-sites': { code: 'hub-serves-one-site' },
  'already-following': { code: 'already-enrolled' },
  'not-following': { code: 'not-enrolled' },
};

async function newHub(now: Date): Promise<HubFacts> {
  const { makeCertificate } = await import('../../sync-server/http/certificate.ts');
  const certificate = makeCertificate({ hosts: [...ownAddresses(), '127.0.0.1', 'localhost'], now });
  return { enabled: true, port: usualPort, key: randomBytes(32).toString('base64'), certificate };
}

/** IPv4 addresses that others in the building reach this computer under. */
const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address));

const isPortTaken = (error: unknown): boolean => (error as { code?: string }).code === 'EADDRINUSE';
