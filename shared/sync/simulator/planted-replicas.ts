import type { ChangeSet, PushOutcome, RevRef, WireDocument } from '../protocol.ts';
import { MemoryReplica, type Logged } from './memory-replica.ts';
import { keyOf } from './memory-server-state.ts';

/** Stores of a workstation with a bug that cost somebody data. */

type Page = Parameters<MemoryReplica['applyPage']>[0];
type SnapshotPage = Parameters<MemoryReplica['applySnapshotPage']>[0];

export class CheckpointFirst extends MemoryReplica {
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

export class HalfASnapshot extends MemoryReplica {
  override applySnapshotPage(page: SnapshotPage): void {
    super.applySnapshotPage({ ...page, cursor: null });
  }
}

export class PullOverEdits extends MemoryReplica {
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

export class ScopePurgesUnsent extends MemoryReplica {
  override adoptScope(scope: { siteId: string; scopeVersion: number }): void {
    const another = this.facts.scopeVersion !== null && this.facts.scopeVersion !== scope.scopeVersion;
    super.adoptScope(scope);
    if (another) this.log = this.log.filter(({ state }) => state !== 'unsent');
    if (another) this.entries.clear();
  }
}

export class WithdrawalPurgesUnsent extends MemoryReplica {
  protected override withdraw(patientId: string): void {
    for (const entry of this.entries.values()) if (entry.patientId === patientId) entry.unsent = 0;
    this.log = this.log.filter(({ changeSet, state }) => state !== 'unsent' || !changeSet.documents.some(({ id }) => id === patientId));
    super.withdraw(patientId);
  }
}

export class DropsRefused extends MemoryReplica {
  protected override settle(logged: Logged, outcome: PushOutcome): void {
    super.settle(logged, outcome);
    if (outcome.outcome === 'rejected') this.log = this.log.filter((other) => other !== logged);
  }
}

export class SendsAndForgets extends MemoryReplica {
  override outgoing(maxBytes: number): ChangeSet[] {
    const sent = super.outgoing(maxBytes);
    for (const logged of this.log) if (sent.includes(logged.changeSet)) this.settle(logged, { id: logged.changeSet.id, outcome: 'accepted', position: this.facts.position, landed: [] });
    return sent;
  }
}

export class TrustsEchoes extends MemoryReplica {
  protected override echo(ref: RevRef, position: number): void {
    if (this.entries.has(keyOf(ref))) super.echo(ref, position);
  }
}

export class OffersNothing extends MemoryReplica {
  override adoptEpoch(epoch: string, sharedPosition: number | null): void {
    const position = Math.min(this.facts.position, sharedPosition ?? 0);
    this.facts = { ...this.facts, epoch, position, knownPosition: position };
  }
}

/** It also loses something now and then, so that there is a difference to adopt. */
export class AdoptsDigests extends MemoryReplica {
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

export class LosesNewerFields extends MemoryReplica {
  protected override arrive(document: WireDocument, position: number): void {
    const { occupation: _occupation, religion: _religion, ...known } = document.content ?? {};
    const isOld = Number.parseInt(this.facts.deviceId.slice(-1), 16) % 2 === 0;
    super.arrive(isOld && document.content !== null ? { ...document, content: known } : document, position);
  }
}

export class LocksOverUnsent extends MemoryReplica {
  override lock(): void {
    this.facts.locked = true;
    this.entries.clear();
    this.log = [];
  }
}

export class SkipsPassedOver extends MemoryReplica {
  override toFetch(): [] {
    return [];
  }
}

export class KeepsWithdrawn extends MemoryReplica {
  protected override withdraw(): void {
    // Nobody tells it.
  }
}
