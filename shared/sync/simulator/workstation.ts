import { initialState, type step } from '../engine.ts';
import type { Effect, Event, MessageName, SyncState } from '../engine-types.ts';
import type { WorkstationStore } from './stores.ts';

type Work = Extract<Effect, { type: 'request' | 'replica' }>;

/** What may happen to the next message of a workstation. */
export type Disturbance = 'lost' | 'answer-lost' | 'repeated' | 'late' | 'server-busy' | 'internal' | 'too-many-requests';

/** A workstation: its durable store, and what a crash takes away. */
export class Workstation {
  readonly name: string;
  /** The same for every copy of one workstation. */
  line: string;
  store: WorkstationStore;
  siteId: string;
  /** How far its clock is off, in milliseconds. */
  clockOffset = 0;
  version: number;
  /** Of the wire that its program speaks. */
  minor: number;
  online = true;
  backups: { store: WorkstationStore; siteId: string }[] = [];
  disturbances: Disturbance[] = [];
  /** What the server told it without being asked, in the order in which it comes in. */
  hints: Event[] = [];
  /** The last head that its session was told of; undefined before the first. */
  heard: number | undefined;
  /** Documents that digests found to differ, where nothing but a bug can have made them. */
  repaired = 0;
  /** Has withdrawals behind it, maybe, of which the server knows no more: digests bring those documents back. */
  metRestoredServer = false;

  machine: SyncState = initialState;
  /** The effect that is under way. */
  work: Work | undefined;
  /** What came of a request and has not been read yet. */
  reply: Event | undefined;
  due: number | undefined;
  token = '';
  trouble: string | undefined;

  readonly step: typeof step;

  constructor(of: Pick<Workstation, 'name' | 'line' | 'store' | 'siteId' | 'version' | 'minor'> & { step: typeof step }) {
    this.name = of.name;
    this.line = of.line;
    this.store = of.store;
    this.siteId = of.siteId;
    this.version = of.version;
    this.minor = of.minor;
    this.step = of.step;
  }

  /** Loses everything that is not durable. */
  crash(): void {
    this.store.crash();
    this.machine = initialState;
    this.work = undefined;
    this.reply = undefined;
    this.due = undefined;
    this.greet('');
  }

  /** Has a session of its own from now on: what was told to the one before is gone with its connection. */
  greet(token: string): void {
    this.token = token;
    this.hints = [];
    this.heard = undefined;
  }

  /** Feeds the machine, and keeps what it wants done. */
  feed(event: Event, now: number): void {
    const { state, effects } = this.step(this.machine, event);
    this.machine = state;
    for (const effect of effects) {
      if (effect.type === 'wait') this.due = now + effect.atLeast;
      else if (effect.type === 'status') this.trouble = 'trouble' in effect.status ? effect.status.trouble : undefined;
      else this.take(effect);
    }
  }

  private take(effect: Work): void {
    if (this.work !== undefined) throw new Error(`two effects at once: ${this.machine.step}`);
    this.work = effect;
    this.due = undefined;
  }

  perform({ method, input }: Extract<Work, { type: 'replica' }>): unknown {
    const { replica } = this.store;
    return (replica[method].bind(replica) as (...input: unknown[]) => unknown)(...input);
  }

  /** Its store as it will be once it has done all that it can do without asking a server again. To be closed. */
  storeOnceRead(now: number): WorkstationStore {
    const { name, line, siteId, version, minor, step } = this;
    const twin = new Workstation({ name, line, store: this.store.copy(), siteId, version, minor, step });
    Object.assign(twin, { machine: this.machine, work: this.work, reply: this.reply, hints: [...this.hints] });
    while (twin.goesOnAlone(now));
    return twin.store;
  }

  private goesOnAlone(now: number): boolean {
    const { work } = this;
    if (work?.type === 'request' && this.reply === undefined) return false;
    const event = this.reply ?? (work?.type === 'replica' ? { type: 'done' as const, value: this.perform(work) } : this.hints.shift());
    if (event === undefined) return false;
    if (this.reply === undefined && work !== undefined) this.work = undefined;
    this.reply = undefined;
    this.feed(event, now);
    return true;
  }

  /** What is left when nobody feeds it: nothing, or a time to wait for. */
  get isResting(): boolean {
    return this.work === undefined && this.reply === undefined && this.hints.length === 0 && this.machine.step !== 'stopped';
  }

  get isLocked(): boolean {
    return this.store.replica.state().locked;
  }
}

export interface Message {
  name: MessageName;
  token: string;
  body: unknown;
}
