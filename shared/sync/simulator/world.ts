import type { Event, Messages } from '../engine-types.ts';
import { serves, type ChangeSet, type WireDocument } from '../protocol.ts';
import type { Replica } from '../replica.ts';
import { act } from './people.ts';
import { Random, idsFrom, mix } from './random.ts';
import type { Answered, ServerStore, Parts, Soon } from './stores.ts';
import { Workstation, type Disturbance, type Message } from './workstation.ts';
import { ticks, type History, type Step } from './history.ts';

export const siteIds = ['11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222', '33333333-3333-7333-8333-333333333333'] as const;
const begin = Date.UTC(2026, 0, 1);
const spans = [1_000, 10_000, 60_000, 70_000, 90_000, 600_000, 7_200_000, 86_400_000, 1_814_400_000];
const serverProtocol = { major: 1, minor: 5 };
/** Most speak the server's version or one of the two before; some an older one, and some one that the server does not know yet. */
const minorOf = (chance: number): number => serverProtocol.minor + ([-3, 1, -2, -1][chance % 12] ?? 0);
const tenYears = 10 * 365 * 86_400_000;
const mostWorkstations = 10;
const disturbances: Disturbance[] = ['lost', 'answer-lost', 'answer-lost', 'repeated', 'late', 'late', 'server-busy', 'internal', 'too-many-requests'];

/** Told what happens, so that checks and traces need no place in the world itself. */
export interface Witness {
  /** `before`: what was on the screen of the documents that were there. */
  wrote(at: string, changeSet: ChangeSet, before: (WireDocument | undefined)[]): void;
  /** Something durable was destroyed: what is nowhere now is nobody's to bring back. */
  destroyed(): Soon<void>;
  trace(line: () => string): void;
}

/** A server, workstations and a network, in virtual time. Everything that happens is a step of the history. */
export class World {
  readonly server: ServerStore;
  readonly workstations: Workstation[] = [];
  now = begin;
  private readonly liked: number;
  private readonly newId: () => string;
  private readonly witness: Witness;
  private readonly inFlight: Message[] = [];
  /** Lines of workstations that somebody revoked, copies included. */
  revoked = new Set<string>();
  /** It merges some versions anew, and some in another order. */
  serverRestored = false;
  private isUnannounced = false;
  /** A restore that nobody announced cannot be told of two that go by one name by then: digests are what finds it. */
  mayDiffer = false;
  private serverBackup: { bringBack: (announced: boolean, now: number) => Soon<void>; revoked: Set<string> } | undefined;
  private words = 0;
  private lastHead = 0;

  private constructor(server: ServerStore, liked: number, newId: () => string, witness: Witness) {
    this.liked = liked;
    this.server = server;
    this.newId = newId;
    this.witness = witness;
  }

  static async create(history: History, parts: Parts, witness: Witness): Promise<World> {
    const newId = idsFrom(mix(history.seed >>> 0, 77));
    const world = new World(await parts.server(newId), history.liked, newId, witness);
    for (let index = 0; index < history.workstations; index += 1) {
      const siteId = siteIds[mix(history.seed >>> 0, index) % 100 < 60 ? 0 : 1 + (index % 2)] as string;
      const identity = { ...(await world.server.enrol(siteId)), siteId };
      const store = await parts.workstation(identity, newId);
      world.workstations.push(new Workstation({ name: `w${index}`, line: `w${index}`, store, siteId, version: mix(history.seed >>> 0, index + 50) % 3, minor: minorOf(mix(history.seed >>> 0, index + 90)), step: parts.step }));
    }
    return world;
  }

  async perform({ kind, workstation: index, n }: Step): Promise<void> {
    const workstation = this.workstations[index % this.workstations.length] as Workstation;
    this.now += 1_500;
    this.witness.trace(() => `${kind} ${workstation.name} ${n}`);
    switch (kind) {
      case 'run':
        for (let left = ticks[n % ticks.length] as number; left > 0; left -= 1) await this.tick(workstation);
        break;
      case 'write': this.write(workstation, n); break;
      case 'pass': this.now += spans[n % spans.length] as number; break;
      case 'line': workstation.online = n % 5 < 2 ? !workstation.online : true; break;
      case 'disturb': workstation.disturbances.push(disturbances[n % disturbances.length] as Disturbance); break;
      case 'deliver': await this.deliver(); break;
      case 'crash': workstation.crash(); break;
      case 'backup': workstation.backups.push({ store: workstation.store.copy(), siteId: workstation.siteId }); break;
      case 'restore':
        await this.restore(workstation, n);
        this.mayDiffer ||= this.isUnannounced && this.hasTwins();
        break;
      case 'clone':
        this.clone(workstation);
        this.mayDiffer ||= this.isUnannounced && this.hasTwins();
        break;
      case 'server-backup': await this.backUpServer(); break;
      case 'server-restore': await this.restoreServer(n); break;
      case 'move': await this.move(workstation, siteIds[n % siteIds.length] as string); break;
      case 'revoke': await this.revoke(workstation); break;
      case 'clock': workstation.clockOffset = Math.round((((n % 2001) - 1000) / 1000) * tenYears); break;
      case 'upgrade':
        workstation.version = Math.min(2, workstation.version + 1);
        workstation.minor = Math.max(serverProtocol.minor, workstation.minor + 1);
        break;
      case 'retry': workstation.feed({ type: 'retry' }, this.now); break;
    }
    await this.hint();
  }

  private write(workstation: Workstation, n: number): void {
    const { store } = workstation;
    if (workstation.isLocked) return;
    const deed = act({
      random: new Random(n),
      liked: this.liked,
      correspondence: this.liked % 8 === 3 ? 30 : 0,
      siteIds, siteId: workstation.siteId, deviceId: store.replica.state().deviceId, version: workstation.version,
      at: new Date(this.now + workstation.clockOffset).toISOString(),
      newId: this.newId,
      newWord: () => `w${(this.words += 1)}z`,
      documents: store.documents(),
    });
    if (deed === undefined) return;
    const before = deed.changes.map(({ collection, id }) => store.find(collection, id));
    const changeSet = store.write(deed);
    if (changeSet === undefined) return;
    this.witness.wrote(workstation.name, changeSet, before);
    this.witness.trace(() => `  ${changeSet.action} ${changeSet.documents.map(({ collection, id, rev }) => `${collection} ${id} ${rev}`).join(' ')}`);
    workstation.feed({ type: 'local-change' }, this.now);
  }

  private async restore(workstation: Workstation, n: number): Promise<void> {
    const backup = workstation.backups[n % Math.max(1, workstation.backups.length)];
    if (backup === undefined) return;
    workstation.store.close();
    workstation.store = backup.store.copy();
    workstation.siteId = backup.siteId;
    workstation.crash();
    await this.witness.destroyed();
  }

  private clone(workstation: Workstation): void {
    if (this.workstations.length >= mostWorkstations) return;
    const { name, line, siteId, version, minor, step } = workstation;
    const copy = new Workstation({ name: `${name}'`, line, store: workstation.store.copy(), siteId, version, minor, step });
    copy.metRestoredServer = workstation.metRestoredServer;
    this.workstations.push(copy);
  }

  private async revoke(workstation: Workstation): Promise<void> {
    const { deviceId } = workstation.store.replica.state();
    await this.server.revoke(deviceId);
    if ((await this.server.facts()).device(deviceId) !== undefined) this.revoked.add(workstation.line);
  }

  private async backUpServer(): Promise<void> {
    this.serverBackup = { bringBack: await this.server.backUp(), revoked: new Set(this.revoked) };
  }

  private async restoreServer(n: number): Promise<void> {
    // Between what it handed over and its lock, nobody but the server has the work of a revoked workstation: no program helps there.
    const handsOver = this.workstations.some(({ machine: { session }, reply, isLocked }) => !isLocked && (session?.revoked === true || saysRevoked(reply)));
    if (this.serverBackup === undefined || handsOver) return;
    // A restore that nobody announces is found by what each device remembers; of two that go by one name it cannot be told.
    const isAnnounced = n % 2 === 0 || this.hasTwins();
    this.isUnannounced ||= !isAnnounced;
    this.revoked = new Set(this.serverBackup.revoked);
    this.serverRestored = true;
    await this.serverBackup.bringBack(isAnnounced, this.now);
    await this.witness.destroyed();
  }

  private hasTwins(): boolean {
    return new Set(this.workstations.map(({ store }) => store.replica.state().deviceId)).size < this.workstations.length;
  }

  private async move(workstation: Workstation, siteId: string): Promise<void> {
    await this.server.move(workstation.store.replica.state().deviceId, siteId);
  }

  /** One thing at one workstation: reads an answer, or does what its machine wants. Answers whether there was any. */
  async tick(workstation: Workstation): Promise<boolean> {
    if (workstation.reply !== undefined) this.read(workstation);
    else if (workstation.work !== undefined) await this.work(workstation);
    else if (workstation.machine.step === 'stopped') workstation.feed({ type: 'start' }, this.now);
    else if (workstation.hints.length > 0) workstation.feed(workstation.hints.shift() as Event, this.now);
    else if (workstation.due !== undefined && workstation.due <= this.now) {
      workstation.due = undefined;
      workstation.feed({ type: 'timer' }, this.now);
    } else return false;
    return true;
  }

  private read(workstation: Workstation): void {
    const reply = workstation.online ? (workstation.reply as Event) : unreachable;
    workstation.reply = undefined;
    if (reply.type === 'answer' && 'token' in (reply.value as object)) {
      const { token, siteId } = reply.value as { token: string; siteId: string };
      workstation.greet(token);
      workstation.siteId = siteId;
    }
    workstation.feed(reply, this.now);
  }

  private async work(workstation: Workstation): Promise<void> {
    const effect = workstation.work as NonNullable<Workstation['work']>;
    workstation.work = undefined;
    if (effect.type === 'replica') {
      if (effect.method === 'adoptEpoch' && workstation.store.replica.state().epoch !== null) workstation.metRestoredServer = true;
      const value = workstation.perform(effect);
      if (effect.method === ('repairBucket' satisfies keyof Replica) && !workstation.metRestoredServer) workstation.repaired += value as number;
      this.witness.trace(() => `  ${workstation.name} ${effect.method}`);
      workstation.feed({ type: 'done', value }, this.now);
      return;
    }
    const message = { name: effect.name, token: workstation.token, body: effect.body };
    workstation.reply = await this.send(workstation, message);
    this.witness.trace(() => `  ${workstation.name} asks ${effect.name}: ${JSON.stringify(workstation.reply)}`);
  }

  private async send(workstation: Workstation, message: Message): Promise<Event> {
    const disturbance = workstation.disturbances.shift();
    if (!workstation.online || disturbance === 'lost') return unreachable;
    const served = serves(serverProtocol, { ...serverProtocol, minor: workstation.minor });
    if (message.name === 'hello' && served !== 'yes') return { type: 'failed', trouble: served };
    switch (disturbance) {
      case 'late':
        this.inFlight.push(message);
        return unreachable;
      case 'server-busy': case 'internal': case 'too-many-requests':
        return { type: 'failed', trouble: disturbance };
      case 'answer-lost':
        await this.handle(message);
        return unreachable;
      case 'repeated':
        await this.handle(message);
    }
    const answered = await this.handle(message);
    return 'trouble' in answered ? { type: 'failed', trouble: answered.trouble } : { type: 'answer', value: answered.value };
  }

  private handle({ name, token, body }: Message): Soon<Answered> {
    return this.server.handle(name, token, body, this.now);
  }

  private async deliver(): Promise<void> {
    const message = this.inFlight.shift();
    if (message !== undefined) await this.handle(message);
  }

  /** Tells those who listen that the head moved: one hint in four is lost, and some come twice, or before the one that was told first. */
  private async hint(): Promise<void> {
    const { head, epoch } = await this.server.facts();
    if (head === this.lastHead) return;
    this.lastHead = head;
    for (const [index, workstation] of this.workstations.entries()) {
      if (!workstation.online || workstation.machine.session === null) continue;
      const chance = mix(head, index);
      const hint = await this.hintFor(workstation, epoch, head);
      if (chance % 4 === 0) continue;
      if (chance % 5 === 0) workstation.hints.unshift(hint);
      else workstation.hints.push(hint, ...(chance % 7 === 0 ? [hint] : []));
    }
  }

  /** A hint carries what came since the one before, as a pull would tell it at this moment. */
  private async hintFor(workstation: Workstation, epoch: string, head: number): Promise<Event> {
    const after = workstation.heard;
    workstation.heard = head;
    if (after === undefined || after >= head) return { type: 'hint', head };
    const answered = await this.handle({ name: 'pull', token: workstation.token, body: { epoch, after } });
    if ('trouble' in answered) return { type: 'hint' };
    const { changeSets, position } = answered.value as Messages['pull']['answer'];
    return { type: 'told', page: { epoch, after, changeSets, position } };
  }

  /** Mends the network and lets everything come to rest; answers what does not, if anything. */
  async heal(): Promise<string | undefined> {
    for (const workstation of this.workstations) {
      workstation.online = true;
      workstation.disturbances = [];
      // Everybody is brought to a program that the server serves, its own or one of the two before.
      if (serves(serverProtocol, { ...serverProtocol, minor: workstation.minor }) !== 'yes') workstation.minor = serverProtocol.minor;
    }
    while (this.inFlight.length > 0) await this.deliver();
    let restless = await this.settle();
    // Two days go by, so that everybody greets anew: the second time at the latest a copy is found.
    for (let day = 0; day < 2 && restless === undefined; day += 1) {
      this.now += 86_400_000;
      for (const workstation of this.workstations) workstation.feed({ type: 'verify' }, this.now);
      restless = await this.settle();
    }
    return restless;
  }

  private async settle(): Promise<string | undefined> {
    for (let round = 0; round < 60; round += 1) {
      for (const workstation of this.workstations) await this.exhaust(workstation);
      await this.hint();
      if (this.workstations.some(({ isResting }) => !isResting)) continue;
      const restless = await this.restless();
      if (restless === undefined) return undefined;
      // What waits for its time is given it.
      this.now = Math.max(this.now, ...this.workstations.map(({ due }) => due ?? 0)) + 1;
      if (round === 59) return restless;
    }
    return 'goes on for ever';
  }

  private async exhaust(workstation: Workstation): Promise<void> {
    if (workstation.trouble === 'unknown-device') await this.joinAgain(workstation);
    for (let ticks = 0; await this.tick(workstation); ticks += 1) {
      if (ticks > 3000) throw new Error(`${workstation.name} goes on for ever at ${workstation.machine.step}`);
    }
  }

  /** A server restored from before a workstation joined does not know it: somebody lets it join again. */
  private async joinAgain(workstation: Workstation): Promise<void> {
    workstation.store.join(await this.server.enrol(workstation.siteId));
    workstation.trouble = undefined;
    workstation.line = `${workstation.line} again`;
    workstation.crash();
  }

  private async restless(): Promise<string | undefined> {
    const { head } = await this.server.facts();
    for (const workstation of this.workstations) {
      const { locked, position } = workstation.store.replica.state();
      if (locked) continue;
      if (workstation.machine.step !== 'waiting') return `${workstation.name} is ${workstation.machine.step} (${workstation.trouble})`;
      if (position !== head) return `${workstation.name} stands at ${position} of ${head}`;
      if (workstation.store.kept().some(({ state }) => state === 'waiting')) return `${workstation.name} has unsent work`;
    }
    return undefined;
  }
}

const unreachable: Event = { type: 'failed', trouble: 'unreachable' };

/** An answer on its way that tells a workstation of its end. */
const saysRevoked = (reply: Event | undefined): boolean => reply?.type === 'answer' && (reply.value as { state?: unknown } | undefined)?.state === 'revoked';
