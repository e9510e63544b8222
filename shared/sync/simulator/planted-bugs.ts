import type { Write } from '../decide.ts';
import type { Event, Messages, SyncState } from '../engine-types.ts';
import { step } from '../engine.ts';
import type { ChangeSet, PulledChangeSet, PushOutcome, RevRef, WireDocument } from '../protocol.ts';
import { MemoryReplica, type Logged } from './memory-replica.ts';
import { keyOf, type Device, type Revision } from './memory-server-state.ts';
import { MemoryServer } from './memory-server.ts';
import { memoryParts } from './memory-parts.ts';
import type { Parts } from './stores.ts';

/**
 * Bugs that cost the users of other programs their data, each put into a model or around the machine. The simulator is
 * worth something as long as it finds every one of them.
 */

const server = (Broken: new (newId: () => string) => MemoryServer): Parts => ({ ...memoryParts, server: (newId) => new Broken(newId) });
const replica = (Broken: new (deviceId: string, newId: () => string) => MemoryReplica): Parts => ({ ...memoryParts, workstation: ({ deviceId }, newId) => new Broken(deviceId, newId) });
const machine = (broken: typeof step): Parts => ({ ...memoryParts, step: broken });
const and = (one: Parts, two: Parts): Parts => ({ ...one, workstation: two.workstation });

type Page = Parameters<MemoryReplica['applyPage']>[0];
type SnapshotPage = Parameters<MemoryReplica['applySnapshotPage']>[0];

class CheckpointFirst extends MemoryReplica {
  private page: Page | undefined;
  override applyPage(page: Page): void {
    this.flush();
    super.applyPage({ changeSets: [], position: page.position });
    this.page = page;
  }
  override outgoing(maxBytes: number): ChangeSet[] {
    this.flush();
    return super.outgoing(maxBytes);
  }
  override toFetch(limit: number) {
    this.flush();
    return super.toFetch(limit);
  }
  override crash(): void {
    this.page = undefined;
  }
  private flush(): void {
    if (this.page !== undefined) super.applyPage(this.page);
    this.page = undefined;
  }
}

class HalfASnapshot extends MemoryReplica {
  override applySnapshotPage(page: SnapshotPage): void {
    super.applySnapshotPage({ ...page, cursor: null });
  }
}

class PullOverEdits extends MemoryReplica {
  protected override arrive(document: WireDocument, position: number): void {
    const entry = this.entries.get(keyOf(document));
    const unsent = entry?.unsent ?? 0;
    if (entry !== undefined) entry.unsent = 0;
    super.arrive(document, position);
    if (entry !== undefined) entry.unsent = unsent;
    // What is sent is read from the table, as it stands now.
    for (const logged of this.log) {
      if (logged.state !== 'unsent') continue;
      const documents = logged.changeSet.documents.map((sent) => (keyOf(sent) === keyOf(document) ? { ...sent, content: document.content } : sent));
      logged.changeSet = { ...logged.changeSet, documents };
    }
  }
}

class ScopePurgesUnsent extends MemoryReplica {
  override adoptScope(scope: { siteId: string; scopeVersion: number }): void {
    const another = this.facts.scopeVersion !== null && this.facts.scopeVersion !== scope.scopeVersion;
    super.adoptScope(scope);
    if (another) this.log = this.log.filter(({ state }) => state !== 'unsent');
    if (another) this.entries.clear();
  }
}

class WithdrawalPurgesUnsent extends MemoryReplica {
  protected override withdraw(patientId: string): void {
    for (const entry of this.entries.values()) if (entry.patientId === patientId) entry.unsent = 0;
    this.log = this.log.filter(({ changeSet, state }) => state !== 'unsent' || !changeSet.documents.some(({ id }) => id === patientId));
    super.withdraw(patientId);
  }
}

class DropsRefused extends MemoryReplica {
  protected override settle(logged: Logged, outcome: PushOutcome): void {
    super.settle(logged, outcome);
    if (outcome.outcome === 'rejected') this.log = this.log.filter((other) => other !== logged);
  }
}
class ForgetsRefused extends MemoryServer {
  protected override take(device: Device, deviceId: string, changeSet: ChangeSet): PushOutcome {
    const outcome = super.take(device, deviceId, changeSet);
    this.state.quarantine.clear();
    return outcome;
  }
}

class SendsAndForgets extends MemoryReplica {
  override outgoing(maxBytes: number): ChangeSet[] {
    const sent = super.outgoing(maxBytes);
    for (const logged of this.log) if (sent.includes(logged.changeSet)) this.settle(logged, { id: logged.changeSet.id, outcome: 'accepted', position: this.facts.position, landed: [] });
    return sent;
  }
}

class TrustsEchoes extends MemoryReplica {
  protected override echo(ref: RevRef, position: number): void {
    if (this.entries.has(keyOf(ref))) super.echo(ref, position);
  }
}

class OffersNothing extends MemoryReplica {
  override adoptEpoch(epoch: string, sharedPosition: number | null): void {
    const position = Math.min(this.facts.position, sharedPosition ?? 0);
    this.facts = { ...this.facts, epoch, position, knownPosition: position };
  }
}

/** It also loses something now and then, so that there is a difference to adopt. */
class AdoptsDigests extends MemoryReplica {
  protected override arrive(document: WireDocument, position: number): void {
    if (Number.parseInt(document.rev.slice(-2), 16) % 8 !== 0) super.arrive(document, position);
  }
  override repairBucket(collection: string, _bucket: number, theirs: { id: string; rev: string }[]): number {
    for (const { id, rev } of theirs) {
      const entry = this.entries.get(keyOf({ collection, id }));
      if (entry !== undefined) entry.serverRev = rev;
    }
    return 0;
  }
}

class LosesNewerFields extends MemoryReplica {
  protected override arrive(document: WireDocument, position: number): void {
    const { occupation: _occupation, religion: _religion, ...known } = document.content ?? {};
    const isOld = Number.parseInt(this.facts.deviceId.slice(-1), 16) % 2 === 0;
    super.arrive(isOld && document.content !== null ? { ...document, content: known } : document, position);
  }
}

class LocksOverUnsent extends MemoryReplica {
  override lock(): void {
    this.facts.locked = true;
    this.entries.clear();
    this.log = [];
  }
}

class SkipsPassedOver extends MemoryReplica {
  override toFetch(): [] {
    return [];
  }
}

class KeepsWithdrawn extends MemoryReplica {
  protected override withdraw(): void {
    // Nobody tells it.
  }
}

/** Numbers are handed out as rows are written and seen as they are committed: every third takes its time. */
class AutoIncrement extends MemoryServer {
  private readonly uncommitted = new Map<number, number>();
  private messages = 0;
  protected override nextPosition(): number {
    const position = super.nextPosition();
    if (position % 3 === 0) this.uncommitted.set(position, this.messages + 4);
    return position;
  }
  protected override changeSetFor(device: Device, deviceId: string, position: number): PulledChangeSet | undefined {
    this.messages += 1;
    return (this.uncommitted.get(position) ?? 0) > this.messages ? undefined : super.changeSetFor(device, deviceId, position);
  }
}

class CountsDocumentsInPages extends MemoryServer {
  protected override pull(device: Device, deviceId: string, after: { after: number }): Messages['pull']['answer'] {
    const answer = super.pull(device, deviceId, after);
    let left = 2;
    const changeSets = answer.changeSets.map((changeSet) => {
      const documents = changeSet.documents.slice(0, left);
      left -= documents.length;
      return { ...changeSet, documents };
    });
    return { ...answer, changeSets };
  }
}

class SameEpochAfterRestore extends MemoryServer {
  protected override renewEpoch(): void {
    // The old one will do.
  }
}

class NeverFindsCopies extends MemoryServer {
  protected override isCopy(): boolean {
    return false;
  }
}

class KeepsTheCheckpoint extends MemoryServer {
  protected override pull(device: Device, deviceId: string, { after }: { after: number }): Messages['pull']['answer'] {
    return super.pull(device, deviceId, { after: Math.max(after, Math.min(device.told, this.state.head)) });
  }
}

class PurgesTombstones extends MemoryServer {
  protected override inScope(siteId: string): Revision[] {
    return super.inScope(siteId).filter(({ version }) => version.content !== null);
  }
  protected override asOf(position: number): Revision[] {
    return super.asOf(position).filter(({ version }) => version.content !== null);
  }
  protected override changeSetFor(device: Device, deviceId: string, position: number): PulledChangeSet | undefined {
    const found = super.changeSetFor(device, deviceId, position);
    return found && { ...found, documents: found.documents.filter(({ content }) => content !== null) };
  }
}

class TruncatesTheFeed extends MemoryServer {
  protected override changeSetFor(device: Device, deviceId: string, position: number): PulledChangeSet | undefined {
    return position < this.state.head - 6 ? undefined : super.changeSetFor(device, deviceId, position);
  }
}

class RepeatsAreWrites extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    return changeSet.documents.map((document) => ({ document: { ...document, deviceId: changeSet.deviceId }, branch: false }));
  }
}

class RevokesOneCopy extends MemoryServer {
  override revoke(deviceId: string): void {
    const device = this.state.devices.get(deviceId);
    if (device !== undefined) device.revoked = true;
  }
}

class KeepsTokens extends MemoryServer {
  protected override signedIn(token: string, now: number): [string, Device] {
    const [deviceId = ''] = token.split(' ');
    const device = this.state.devices.get(deviceId);
    return device === undefined ? super.signedIn(token, now) : [deviceId, device];
  }
}

class PurgeLosesItsPatient extends MemoryServer {
  protected override compartment(document: WireDocument, documents: WireDocument[]): string {
    return document.content === null && document.collection !== 'patients' ? '!' : super.compartment(document, documents);
  }
}

class GrantBringsNothingOld extends MemoryServer {
  protected override asOf(position: number): Revision[] {
    return super.asOf(position).filter((revision) => revision.position === position);
  }
}

type Merging = { base: WireDocument | undefined; current: WireDocument; incoming: WireDocument };
/** A server that merges otherwise: what `merge` makes of two versions takes the place of the merge. */
const merging = (merge: (versions: Merging) => Pick<WireDocument, 'content' | 'deleted'>, keepsConflicts = false) =>
  class extends MemoryServer {
    protected override decide(changeSet: ChangeSet): Write[] {
      const writes = super.decide(changeSet);
      const changed = writes.map((write): Write => {
        const incoming = changeSet.documents.find((document) => keyOf(document) === keyOf(write.document));
        const current = this.lookup.current(write.document.collection, write.document.id);
        if (write.branch || incoming === undefined || current === undefined || write.document.rev === incoming.rev) return write;
        const base = incoming.baseRev === null ? undefined : this.lookup.byRev(incoming.collection, incoming.id, incoming.baseRev);
        return { ...write, document: { ...write.document, ...merge({ base, current, incoming }) } };
      });
      return changed.filter(({ document }) => keepsConflicts || document.collection !== 'conflicts' || changeSet.documents.some(({ rev }) => rev === document.rev));
    }
  };

const PrefersNull = merging(({ base, current, incoming }) => {
  const names = new Set([...Object.keys(current.content ?? {}), ...Object.keys(incoming.content ?? {})]);
  const pick = (name: string): unknown => {
    const [was, ours, theirs] = [base, current, incoming].map((version) => version?.content?.[name]);
    if (ours === undefined || theirs === undefined) return undefined;
    return JSON.stringify(ours) === JSON.stringify(was) ? theirs : ours;
  };
  const content = Object.fromEntries([...names].flatMap((name) => (pick(name) === undefined ? [] : [[name, pick(name)]])));
  return { content: current.content === null || incoming.content === null ? null : content, deleted: current.deleted && incoming.deleted };
}, true);

const LastClockWins = merging(({ current, incoming }) => (current.updatedAt > incoming.updatedAt ? current : incoming));
const LastToArriveWins = merging(({ incoming }) => incoming);
const FirstToArriveWins = merging(({ current }) => current);
const PutsSignedTogether = merging(({ current, incoming }) => ({ content: current.content && incoming.content && { ...incoming.content, ...current.content }, deleted: current.deleted }), true);
const DeletionWins = merging(({ current, incoming }) => ({ content: (incoming.deleted ? incoming : current).content, deleted: current.deleted || incoming.deleted }));

class OneValueInConflicts extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    return super.decide(changeSet).map((write) => {
      const clashes = write.document.collection === 'conflicts' ? (write.document.content?.['clashes'] as { kept: 0 | 1; values: unknown[] }[]) : undefined;
      if (clashes === undefined) return write;
      const halved = clashes.map((clash) => ({ ...clash, values: clash.values.map((value, side) => (side === clash.kept ? value : {})) }));
      return { ...write, document: { ...write.document, content: { ...write.document.content, clashes: halved } } };
    });
  }
}

/** Under the rev that was sent stands what was made of it: nobody finds what it was any more. */
class DropsBranches extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    const writes = super.decide(changeSet);
    const mergeOf = (sent: Write) => writes.find(({ document, branch }) => !branch && keyOf(document) === keyOf(sent.document));
    return writes.map((write) => (write.branch ? { ...write, document: { ...write.document, content: mergeOf(write)?.document.content ?? null } } : write));
  }
}

class PurgedComesBack extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    return super.decide(changeSet).map((write) => {
      const sent = changeSet.documents.find((document) => keyOf(document) === keyOf(write.document));
      const resurrects = !write.branch && write.document.content === null && sent !== undefined && sent.content !== null;
      return resurrects ? { ...write, document: { ...write.document, content: sent.content, deleted: false } } : write;
    });
  }
}

const stuckAfterAnError = (state: SyncState, event: Event) => {
  const stepped = step(state, event);
  return event.type === 'failed' && state.step === 'pushing' ? { ...stepped, effects: stepped.effects.filter(({ type }) => type !== 'wait') } : stepped;
};

/** A batch that failed counts as read. */
const failureMovesOn = (state: SyncState, event: Event) => {
  const head = state.session?.head ?? 0;
  return event.type === 'failed' && event.trouble === 'unreachable' && state.step === 'pulling'
    ? step(state, { type: 'answer', value: { changeSets: [], position: head, head } })
    : step(state, event);
};

/** Receives before it has offered what a restored server lacks. */
const neverOffers = (state: SyncState, event: Event) => {
  const stepped = step(state, event);
  const [effect] = stepped.effects;
  return effect?.type === 'replica' && effect.method === 'offers' ? step(stepped.state, { type: 'done', value: [] }) : stepped;
};

const skipsFetches = (state: SyncState, event: Event) => {
  const stepped = step(state, event);
  const [effect] = stepped.effects;
  return effect?.type === 'replica' && effect.method === 'toFetch' ? step(stepped.state, { type: 'done', value: [] }) : stepped;
};

export const plantedBugs: Readonly<Record<string, Parts>> = {
  'checkpoint saved before the documents': replica(CheckpointFirst),
  'auto-increment as position': server(AutoIncrement),
  'half a snapshot taken for whole': replica(HalfASnapshot),
  'old server backup: the same epoch goes on': server(SameEpochAfterRestore),
  'old server backup: nothing is offered again': replica(OffersNothing),
  'old server backup: offers are never asked': machine(neverOffers),
  'old workstation backup: the server keeps the checkpoint': server(KeepsTheCheckpoint),
  'cloned device goes unseen': server(NeverFindsCopies),
  'echoes are trusted': replica(TrustsEchoes),
  'failed batch that moves the clock': machine(failureMovesOn),
  'tombstone purged while a client was away': server(PurgesTombstones),
  'push repeated after a lost reply is written again': server(RepeatsAreWrites),
  'queue stuck after an error': machine(stuckAfterAnError),
  'local edit overwritten during a pull': replica(PullOverEdits),
  'scope change that purges unsent work': replica(ScopePurgesUnsent),
  'withdrawn patient takes unsent work along': replica(WithdrawalPurgesUnsent),
  'withdrawn patient stays': replica(KeepsWithdrawn),
  'equal positions at a page edge': server(CountsDocumentsInPages),
  "adopting the server's digest unseen": replica(AdoptsDigests),
  'refused item dropped': and(server(ForgetsRefused), replica(DropsRefused)),
  'sent means done': replica(SendsAndForgets),
  'truncate behind the feed': server(TruncatesTheFeed),
  "older schema's field lost": replica(LosesNewerFields),
  "revoked device's second copy": server(RevokesOneCopy),
  'revoked device locks over unsent work': replica(LocksOverUnsent),
  'moved device goes on with its token': server(KeepsTokens),
  'merge that prefers null': server(PrefersNull),
  'last clock wins': server(LastClockWins),
  'last to arrive wins': server(LastToArriveWins),
  'first to arrive wins': server(FirstToArriveWins),
  'deletion wins over an edit': server(DeletionWins),
  'signed record put together by a machine': server(PutsSignedTogether),
  'conflict that keeps one value': server(OneValueInConflicts),
  'merged version forgotten': server(DropsBranches),
  'purged document comes back': server(PurgedComesBack),
  'purge of a record is told to nobody': server(PurgeLosesItsPatient),
  'granted patient comes without its past': server(GrantBringsNothingOld),
  'passed-over version never fetched': replica(SkipsPassedOver),
  'fetches skipped': machine(skipsFetches),
};
