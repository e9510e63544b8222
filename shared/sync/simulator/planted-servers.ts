import type { ConflictContent } from '../../schema/conflict.ts';
import { decideChangeSet, type Write } from '../decide.ts';
import { derivedId } from '../derived-id.ts';
import type { Messages } from '../engine-types.ts';
import type { ChangeSet, PulledChangeSet, PushOutcome, WireDocument } from '../protocol.ts';
import { sealingCollection } from '../seals.ts';
import { keyOf, type Device, type Revision } from './memory-server-state.ts';
import { MemoryServer } from './memory-server.ts';

/** Servers with a bug that cost somebody data. */

export class ForgetsRefused extends MemoryServer {
  protected override take(device: Device, deviceId: string, changeSet: ChangeSet): PushOutcome {
    const outcome = super.take(device, deviceId, changeSet);
    this.state.quarantine.clear();
    return outcome;
  }
}

/** Numbers are handed out as rows are written and seen as they are committed: every third takes its time. */
export class AutoIncrement extends MemoryServer {
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

export class CountsDocumentsInPages extends MemoryServer {
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

export class TellsAllAsSent extends MemoryServer {
  protected override standAsSent(_device: Device, _deviceId: string, before: number): boolean {
    return this.state.head > before;
  }
}

export class SameEpochAfterRestore extends MemoryServer {
  protected override renewEpoch(): void {
    // The old one will do.
  }
}

export class NeverFindsCopies extends MemoryServer {
  protected override isCopy(): boolean {
    return false;
  }
}

export class KeepsTheCheckpoint extends MemoryServer {
  protected override pull(device: Device, deviceId: string, { after }: { after: number }): Messages['pull']['answer'] {
    return super.pull(device, deviceId, { after: Math.max(after, Math.min(device.told, this.state.head)) });
  }
}

export class PurgesTombstones extends MemoryServer {
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

export class TruncatesTheFeed extends MemoryServer {
  protected override changeSetFor(device: Device, deviceId: string, position: number): PulledChangeSet | undefined {
    return position < this.state.head - 6 ? undefined : super.changeSetFor(device, deviceId, position);
  }
}

export class RepeatsAreWrites extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    return changeSet.documents.map((document) => ({ document: { ...document, deviceId: changeSet.deviceId }, branch: false }));
  }
}

export class RevokesOneCopy extends MemoryServer {
  override revoke(deviceId: string): void {
    const device = this.state.devices.get(deviceId);
    if (device !== undefined) device.revoked = true;
  }
}

export class KeepsTokens extends MemoryServer {
  protected override signedIn(token: string, now: number): [string, Device] {
    const [deviceId = ''] = token.split(' ');
    const device = this.state.devices.get(deviceId);
    return device === undefined ? super.signedIn(token, now) : [deviceId, device];
  }
}

export class PurgeLosesItsPatient extends MemoryServer {
  protected override compartment(document: WireDocument, documents: WireDocument[]): string {
    return document.content === null && document.collection !== 'patients' ? '!' : super.compartment(document, documents);
  }
}

export class GrantBringsNothingOld extends MemoryServer {
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

export const PrefersNull = merging(({ base, current, incoming }) => {
  const names = new Set([...Object.keys(current.content ?? {}), ...Object.keys(incoming.content ?? {})]);
  const pick = (name: string): unknown => {
    const [was, ours, theirs] = [base, current, incoming].map((version) => version?.content?.[name]);
    if (ours === undefined || theirs === undefined) return undefined;
    return JSON.stringify(ours) === JSON.stringify(was) ? theirs : ours;
  };
  const content = Object.fromEntries([...names].flatMap((name) => (pick(name) === undefined ? [] : [[name, pick(name)]])));
  return { content: current.content === null || incoming.content === null ? null : content, deleted: current.deleted && incoming.deleted };
}, true);

export const LastClockWins = merging(({ current, incoming }) => (current.updatedAt > incoming.updatedAt ? current : incoming));
export const LastToArriveWins = merging(({ incoming }) => incoming);
export const FirstToArriveWins = merging(({ current }) => current);
export const PutsSignedTogether = merging(({ current, incoming }) => ({ content: current.content && incoming.content && { ...incoming.content, ...current.content }, deleted: current.deleted }), true);
export const DeletionWins = merging(({ current, incoming }) => ({ content: (incoming.deleted ? incoming : current).content, deleted: current.deleted || incoming.deleted }));

export class OneValueInConflicts extends MemoryServer {
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
export class DropsBranches extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    const writes = super.decide(changeSet);
    const mergeOf = (sent: Write) => writes.find(({ document, branch }) => !branch && keyOf(document) === keyOf(sent.document));
    return writes.map((write) => (write.branch ? { ...write, document: { ...write.document, content: mergeOf(write)?.document.content ?? null } } : write));
  }
}

export class PurgedComesBack extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    return super.decide(changeSet).map((write) => {
      const sent = changeSet.documents.find((document) => keyOf(document) === keyOf(write.document));
      const resurrects = !write.branch && write.document.content === null && sent !== undefined && sent.content !== null;
      return resurrects ? { ...write, document: { ...write.document, content: sent.content, deleted: false } } : write;
    });
  }
}

export class TakesDraftsOverSigned extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    const writes = super.decide(changeSet);
    const isOver = (document: WireDocument) => document.content !== null && this.lookup.current(document.collection, document.id)?.rev === document.baseRev;
    const sent = changeSet.documents.filter((document) => isOver(document) && this.lookup.byRev(document.collection, document.id, document.rev) === undefined);
    const others = writes.filter(({ document }) => !sent.some((one) => keyOf(one) === keyOf(document)) && document.collection !== 'conflicts');
    return sent.length === 0 ? writes : [...others, ...sent.map((document): Write => ({ document: { ...document, deviceId: changeSet.deviceId }, branch: false }))];
  }
}

export class NamesClashesByRevs extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    const isSent = (rev: string) => changeSet.documents.some((document) => document.rev === rev);
    return super.decide(changeSet).map((write) => {
      const { document } = write;
      if (document.collection !== 'conflicts' || document.content === null || isSent(document.rev)) return write;
      return { ...write, document: { ...document, id: derivedId('conflict', ...(document.content as unknown as ConflictContent).sides.map(({ rev }) => rev)) } };
    });
  }
}

/** Only who books anew is asked whether the slot is free; who moves there, or whose move is merged with another's, is not. */
export class MovesIntoTakenSlots extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    const moves = changeSet.documents.some(({ collection, id }) => this.lookup.current(collection, id) !== undefined);
    return moves ? decideChangeSet(changeSet, { ...this.lookup, sharing: () => [] }).writes : super.decide(changeSet);
  }
}

/** What is sent again was taken before, and so it is taken. */
export class TakesRepeatsIntoSlots extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    const again = changeSet.documents.flatMap((document): Write[] => {
      const current = this.lookup.current(document.collection, document.id);
      if (document.collection !== 'appointments' || current?.content == null || this.lookup.byRev(document.collection, document.id, document.rev) === undefined) return [];
      return current.content['displacedBy'] === undefined ? [] : [{ document: { ...current, content: document.content, baseRev: current.rev, rev: derivedId('again', current.rev) }, branch: false }];
    });
    return [...super.decide(changeSet), ...again];
  }
}

/** Whoever writes over a document of a sealed chart is let. */
export class ForgetsSeals extends MemoryServer {
  protected override decide(changeSet: ChangeSet): Write[] {
    const sharing = (collection: string, keys: readonly string[]) => (collection === sealingCollection ? [] : this.lookup.sharing(collection, keys));
    return decideChangeSet(changeSet, { ...this.lookup, sharing }).writes;
  }
}
