import { initialState, step } from '../../shared/sync/engine.ts';
import type { Effect, Event, SyncState } from '../../shared/sync/engine-types.ts';
import { LinkError } from '../client/server-link.ts';
import { openDatabase, type DatabaseOptions, type ServerDatabase } from '../database/index.ts';
import { newDeviceKey, publicHalf } from '../client/device-key.ts';
import { Messenger, type Link } from '../follow/messenger.ts';
import { seeToNumbers } from '../follow/numbers.ts';
import { UpstreamReplica } from '../follow/replica.ts';
import type { Replica } from './planted-tiers.ts';
import { createContext, type ServiceContext, type ServiceOptions } from '../service/context.ts';
import { createService, SyncException, type SyncService } from '../service/index.ts';
import { readAnswer } from '../service/messages.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';

const never = new AbortController().signal;

/** The other server without a wire. `isCut` says before each message, and before each answer, whether the line is cut. */
export const linkTo = (service: () => SyncService, isCut: () => boolean = () => false): Link => ({
  async post(name, token, body) {
    if (isCut()) throw new LinkError('unreachable');
    try {
      const sent = JSON.stringify(body);
      const text = await service().answer(name as 'pull', token ?? null, JSON.parse(sent));
      if (isCut()) throw new LinkError('unreachable');
      return { value: readAnswer(text), bytes: text.length, sentBytes: sent.length };
    } catch (error) {
      if (error instanceof SyncException) throw new LinkError(error.error.code);
      throw error;
    }
  },
});

/** A server that follows another one, driven step by step and without a clock. */
export class TestHub {
  readonly database: ServerDatabase;
  readonly service: SyncService;
  readonly organisationId: string;
  readonly replica: UpstreamReplica;
  readonly #context: ServiceContext;
  #messenger: Messenger;
  readonly link: Link;
  machine: SyncState = initialState;
  #queue: Effect[] = [];
  #trouble: string | undefined;

  private constructor(of: { database: ServerDatabase; service: SyncService; organisationId: string; context: ServiceContext; link: Link; Replica: Replica }) {
    this.database = of.database;
    this.service = of.service;
    this.organisationId = of.organisationId;
    this.#context = of.context;
    this.link = of.link;
    this.replica = new of.Replica(of.context, 1);
    this.#messenger = this.#newMessenger();
  }

  #newMessenger(): Messenger {
    return new Messenger(this.#context, 1, { link: this.link, appVersion: '1.0.0', signal: never });
  }

  static async open(options: DatabaseOptions, link: Link, serviceOptions: ServiceOptions = {}): Promise<TestHub> {
    return TestHub.on(await openDatabase(options), link, serviceOptions);
  }

  static async on(database: ServerDatabase, link: Link, serviceOptions: ServiceOptions = {}, Replica: Replica = UpstreamReplica): Promise<TestHub> {
    const settings = { pollMilliseconds: 0, ...serviceOptions };
    const service = createService(database, settings);
    const { organisationId } = await service.createOrganisation('Outpost 诊所');
    return new TestHub({ database, service, organisationId, context: createContext(database, settings), link, Replica });
  }

  /** Is taken in with a code, as `enrolWith` does over a wire. */
  async follow(code: string, siteId?: string): Promise<void> {
    const key = newDeviceKey();
    const { value } = await this.link.post('enrol', undefined, { protocol: protocolVersion, code, publicKey: publicHalf(key), name: 'Hub', appVersion: '1.0.0', ...(siteId !== undefined && { siteId }) }, never);
    const { deviceId, siteId: given } = value as { deviceId: string; siteId: string };
    const again = await this.database.change('UPDATE upstreams SET device_id = ?, private_key = ?, next_private_key = NULL, counter = 0, epoch = NULL, scope_version = NULL', [deviceId, key]);
    if (again > 0) return;
    await this.database.kysely.insertInto('upstreams').values({
      organisation_id: 1, address: 'https://central', certificate: null, fingerprint: null, organisation_name: '', private_key: key, next_private_key: null, device_id: deviceId,
      site_id: given, counter: 0, epoch: null, position: 0, known_position: 0, head: 0, scope_version: null, snapshot_number: 0, snapshot_under_way: 0, snapshot_at: null,
      snapshot_cursor: null, snapshot_received: 0, snapshot_total: 0, verified_position: null, locked: 0, noted_position: 0, last_number: 0, numbered: 0, success_at: null,
      attempt_at: null, failure: null, holder_id: null, held_until: 0, clock_skew: 0, names_tag: null, told_names: null,
    }).execute();
  }

  /** Loses what is not durable. */
  crash(): void {
    this.machine = initialState;
    this.#queue = [];
    this.#messenger = this.#newMessenger();
  }

  feed(event: Event): void {
    const { state, effects } = step(this.machine, event);
    this.machine = state;
    for (const effect of effects) if (effect.type === 'status') this.#trouble = 'trouble' in effect.status ? effect.status.trouble : undefined;
    this.#queue.push(...effects.filter(({ type }) => type === 'request' || type === 'replica'));
  }

  /** Central was restored from before this hub joined it. */
  get isForgotten(): boolean {
    return this.#trouble === 'unknown-device';
  }

  get isIdle(): boolean {
    return this.#queue.length === 0;
  }

  /** Whether the next effect brings down what the other server tells. */
  get isArriving(): boolean {
    const [next] = this.#queue;
    return next?.type === 'replica' && ['applyPage', 'applySnapshotPage', 'applyFetched'].includes(next.method);
  }

  /** One effect. */
  async tick(): Promise<void> {
    if (this.machine.step === 'stopped') this.feed({ type: 'start' });
    const effect = this.#queue.shift();
    if (effect === undefined) return;
    try {
      if (effect.type === 'request') this.feed({ type: 'answer', value: await this.#messenger.ask(effect) });
      if (effect.type === 'replica') this.feed({ type: 'done', value: await (this.replica[effect.method] as (...input: unknown[]) => Promise<unknown>).apply(this.replica, effect.input) });
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.feed({ type: 'failed', trouble: error.failure as 'unreachable' });
    }
  }

  /** Syncs until there is nothing left to do. */
  async sync(): Promise<void> {
    this.feed({ type: 'start' });
    this.feed({ type: 'local-change' });
    this.feed({ type: 'timer' });
    for (let ticks = 0; !this.isIdle; ticks += 1) {
      if (ticks > 3000) throw new Error(`goes on for ever at ${this.machine.step}`);
      await this.tick();
    }
  }

  verify(): Promise<void> {
    this.feed({ type: 'verify' });
    return this.sync();
  }

  async seeToNumbers(): Promise<void> {
    if (this.#messenger.token !== undefined) await seeToNumbers(this.#context, 1, { link: this.link, token: this.#messenger.token, signal: never });
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.database.close();
  }
}

