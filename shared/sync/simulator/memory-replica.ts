import type { Transfer, TransferAnswer } from '../attachments.ts';
import { derivedId } from '../derived-id.ts';
import { bucketOf, type Digest } from '../digest.ts';
import type { ChangeSet, DocumentRef, PositionedDocument, PulledChangeSet, PushOutcome, RevRef, WireDocument } from '../protocol.ts';
import type { Replica, ReplicaState } from '../replica.ts';
import { compartmentOf, pulledCollections } from '../scope.ts';
import { attachmentOf, MemoryAttachments } from './memory-attachments.ts';
import { keyOf } from './memory-server-state.ts';
import type { Change, Deed } from './deed.ts';
import { digestOf } from './sparse-digest.ts';
import type { Held, Kept, WorkstationStore } from './stores.ts';

export interface Entry {
  document: WireDocument;
  serverRev: string | null;
  serverPosition: number | null;
  /** Change sets with this document that wait to be sent. */
  unsent: number;
  /** Greatest position of a version that was passed over because of unsent writes. */
  passedOver: number;
  /** The snapshot that told it last. */
  snapshot: number;
  patientId: string | undefined;
}

export interface Logged {
  changeSet: ChangeSet;
  state: 'unsent' | 'offered' | 'sent' | 'quarantined';
  position: number | null;
}

/** Few, so that an outbox takes several messages. */
const changeSetsAtOnce = 2;

/** A workstation's store in memory: the promises of {@link Replica}, written to be read. */
export class MemoryReplica implements Replica, WorkstationStore {
  protected facts: ReplicaState;
  protected siteId: string | null = null;
  private snapshots = 0;
  protected entries = new Map<string, Entry>();
  protected log: Logged[] = [];
  protected fetches = new Set<string>();
  protected bytes: MemoryAttachments = new MemoryAttachments();
  /** Documents that were accepted after our position: the page that passes there tells them, or they are out of scope. */
  private awaited = new Map<string, number>();

  private readonly newId: () => string;

  constructor(deviceId: string, newId: () => string) {
    this.newId = newId;
    this.facts = { deviceId, counter: 0, epoch: null, position: 0, knownPosition: 0, scopeVersion: null, snapshot: null, verifiedPosition: null, locked: false };
  }

  get replica(): Replica {
    return this;
  }

  state(): ReplicaState {
    return { ...this.facts };
  }

  nextCounter(): number {
    this.facts.counter += 1;
    return this.facts.counter;
  }

  adoptIdentity({ deviceId }: { deviceId: string }): void {
    this.facts = { ...this.facts, deviceId, counter: 0 };
  }

  join(identity: { deviceId: string; workstationNumber: number }): void {
    this.adoptIdentity(identity);
    this.facts = { ...this.facts, epoch: null, scopeVersion: null };
  }

  adoptScope({ siteId, scopeVersion }: { siteId: string; scopeVersion: number }): void {
    // A server that was restored may come to the same number again, for another site.
    if (this.facts.scopeVersion === scopeVersion && this.siteId === siteId) return;
    this.siteId = siteId;
    this.facts.scopeVersion = scopeVersion;
    this.beginSnapshot();
  }

  private beginSnapshot(): void {
    this.snapshots += 1;
    this.facts.snapshot = { at: null, cursor: null, received: 0, total: 0 };
  }

  adoptEpoch(epoch: string, sharedPosition: number | null): void {
    const shared = sharedPosition ?? 0;
    const isLost = (position: number | null) => position !== null && position > shared;
    for (const logged of this.log) {
      // The server's quarantine went with its database: it gets its copy again.
      if (logged.state === 'quarantined') this.waits(logged, 'offered');
      if (!isLost(logged.position)) continue;
      logged.position = null;
      if (logged.state === 'sent') this.waits(logged, 'offered');
    }
    for (const entry of this.entries.values()) {
      if (!isLost(entry.serverPosition)) continue;
      Object.assign(entry, this.lastOnServer(keyOf(entry.document)), { passedOver: 0 });
      if (!this.isLogged(entry.document)) this.offerAlone(entry);
    }
    this.awaited.clear();
    this.bytes.forget();
    const position = Math.min(this.facts.position, shared);
    this.facts = { ...this.facts, epoch, position, knownPosition: position, verifiedPosition: null };
    if (this.facts.snapshot !== null) this.beginSnapshot();
  }

  /** The version before may be on the server still: without it nobody would take the document off when the patient has left the scope. */
  private lastOnServer(key: string): Pick<Entry, 'serverRev' | 'serverPosition'> {
    const logged = this.log.filter(({ position }) => position !== null).sort((one, other) => (other.position as number) - (one.position as number));
    const found = logged.find(({ changeSet: { documents } }) => documents.some((document) => keyOf(document) === key));
    const last = found?.changeSet.documents.findLast((document) => keyOf(document) === key);
    return { serverRev: last?.rev ?? null, serverPosition: last === undefined ? null : (found?.position ?? null) };
  }

  protected waits(logged: Logged, state: 'unsent' | 'offered'): void {
    logged.state = state;
    for (const document of logged.changeSet.documents) {
      const entry = this.entries.get(keyOf(document));
      if (entry !== undefined) entry.unsent += 1;
    }
  }

  /** A document that came without its change set is sent in one of its own, under the same id from wherever it is sent. */
  private offerAlone({ document }: Entry): void {
    const changeSet = this.alone(document);
    const logged: Logged = { changeSet, state: 'offered', position: null };
    this.log = [...this.log.filter(({ changeSet: { id: known } }) => known !== changeSet.id), logged];
    this.waits(logged, 'offered');
  }

  private isLogged({ rev: wanted }: WireDocument): boolean {
    return this.log.some(({ changeSet: { documents } }) => documents.some(({ rev }) => rev === wanted));
  }

  private alone(document: WireDocument): ChangeSet {
    const { collection, id, rev, updatedBy, updatedAt } = document;
    return { id: derivedId('offer', collection, id, rev), action: 'sync.offered', actorId: updatedBy, deviceId: this.facts.deviceId, wallTime: updatedAt, documents: [document] };
  }

  write({ action, at, changes }: Deed): ChangeSet {
    const documents = changes.map((change) => this.version(change, at));
    const changeSet = { id: this.newId(), action, actorId: 'someone', deviceId: this.facts.deviceId, wallTime: at, documents };
    for (const document of documents) {
      const known = this.entries.get(keyOf(document));
      if (known !== undefined) this.keepSuperseded(known);
      if (known !== undefined) known.document = document;
      else this.entries.set(keyOf(document), { ...unknown(document), patientId: patientOf(document) });
    }
    const logged: Logged = { changeSet, state: 'unsent', position: null };
    this.log.push(logged);
    this.waits(logged, 'unsent');
    for (const [index, document] of documents.entries()) {
      const attachment = attachmentOf(document);
      if (attachment !== undefined && document.baseRev === null && changes[index]?.takenFrom === undefined) this.bytes.add(document.id, attachment);
    }
    this.keepNamed();
    return changeSet;
  }

  /** A version that came without its change set is in no log: it may have to be offered after it was written over. */
  private keepSuperseded({ document, serverRev, serverPosition }: Entry): void {
    if (serverRev === document.rev && !this.isLogged(document)) this.log.push({ changeSet: this.alone(document), state: 'sent', position: serverPosition });
  }

  private version({ collection, id, content, deleted = false }: Change, at: string): WireDocument {
    const known = this.find(collection, id);
    return { collection, id, rev: this.newId(), baseRev: known?.rev ?? null, deleted, createdAt: known?.createdAt ?? at, updatedAt: at, updatedBy: 'someone', content };
  }

  outgoing(maxBytes: number): ChangeSet[] {
    return this.log.filter(({ state }) => state === 'unsent').slice(0, maxBytes < 1000 ? 1 : changeSetsAtOnce).map(({ changeSet }) => changeSet);
  }

  offers(limit: number): { id: string; revs: string[] }[] {
    const offered = this.log.filter(({ state }) => state === 'offered').slice(0, Math.min(limit, changeSetsAtOnce));
    return offered.map(({ changeSet: { id, documents } }) => ({ id, revs: documents.map(({ rev }) => rev) }));
  }

  noteWanted(ids: string[]): void {
    for (const logged of this.log) if (logged.state === 'offered' && ids.includes(logged.changeSet.id)) logged.state = 'unsent';
  }

  acknowledge(outcomes: PushOutcome[]): void {
    for (const outcome of outcomes) {
      for (const logged of this.log) {
        const waiting = logged.state === 'unsent' || logged.state === 'offered';
        if (logged.changeSet.id === outcome.id && waiting) this.settle(logged, outcome);
      }
    }
  }

  protected settle(logged: Logged, outcome: PushOutcome): void {
    logged.state = outcome.outcome === 'accepted' ? 'sent' : 'quarantined';
    this.bytes.requeue(logged.changeSet.documents);
    if (outcome.outcome === 'accepted') {
      logged.position = outcome.position;
      this.facts.knownPosition = Math.max(this.facts.knownPosition, outcome.position);
    }
    for (const document of logged.changeSet.documents) {
      const key = keyOf(document);
      const entry = this.entries.get(key);
      if (entry === undefined) continue;
      entry.unsent -= 1;
      if (outcome.outcome === 'rejected') {
        if (pulledCollections.includes(document.collection)) this.fetches.add(key);
        continue;
      }
      const landed = outcome.landed.find((ref) => keyOf(ref) === key) ?? { rev: document.rev, position: outcome.position };
      this.landed(key, entry, landed.rev, landed.position);
    }
  }

  private landed(key: string, entry: Entry, rev: string, position: number): void {
    if (entry.serverPosition === null || position >= entry.serverPosition) {
      entry.serverRev = rev;
      entry.serverPosition = position;
    }
    if (!pulledCollections.includes(entry.document.collection)) return;
    if (position > this.facts.position) this.awaited.set(key, position);
    // Nothing will tell it any more, nor whether it is still in scope: it lies behind us, or something later was passed over.
    else this.fetches.add(key);
    if (entry.passedOver > position) this.fetches.add(key);
  }

  applyPage({ changeSets, position }: { changeSets: PulledChangeSet[]; position: number }): void {
    const told = new Set<string>();
    for (const changeSet of changeSets) this.applyChangeSet(changeSet, told);
    this.facts.position = position;
    this.facts.knownPosition = Math.max(this.facts.knownPosition, position);
    for (const [key, at] of this.awaited) {
      if (at > position) continue;
      this.awaited.delete(key);
      if (!told.has(key)) this.fetches.add(key);
    }
  }

  private applyChangeSet({ position, documents, echoes, withdrawn, ...head }: PulledChangeSet, told: Set<string>): void {
    for (const document of documents) {
      told.add(keyOf(document));
      this.arrive(document, position);
    }
    for (const echo of echoes) {
      told.add(keyOf(echo));
      this.echo(echo, position);
    }
    for (const patientId of withdrawn) this.withdraw(patientId);
    if (documents.length > 0) this.keepReceived({ ...head, documents }, position);
  }

  /** What the server made of a change set that is here already is kept apart from it: either may have to be sent again. */
  private keepReceived(changeSet: ChangeSet, position: number): void {
    const revs = new Set(changeSet.documents.map(({ rev }) => rev));
    const sameId = this.log.filter(({ changeSet: { id } }) => id === changeSet.id);
    const known = sameId.find(({ changeSet: { documents } }) => documents.length === revs.size && documents.every(({ rev }) => revs.has(rev)));
    if (known !== undefined) known.position = position;
    else if (sameId.length === 0) this.log.push({ changeSet, state: 'sent', position });
    else this.log.push({ changeSet: { ...changeSet, id: derivedId('landed', changeSet.id, position) }, state: 'sent', position });
  }

  protected echo({ rev, ...ref }: RevRef, position: number): void {
    const key = keyOf(ref);
    const entry = this.entries.get(key);
    if (entry === undefined) {
      this.fetches.add(key);
      return;
    }
    if (entry.serverPosition === null || entry.serverPosition <= position) {
      entry.serverRev = rev;
      entry.serverPosition = position;
    }
    if (entry.unsent === 0 && entry.document.rev !== entry.serverRev) this.fetches.add(key);
  }

  protected arrive(document: WireDocument, position: number): void {
    const key = keyOf(document);
    const known = this.entries.get(key);
    const entry = known ?? { ...unknown(document), unsent: this.waitingFor(key) };
    if (entry.serverPosition !== null && entry.serverPosition > position) return;
    if (known !== undefined && entry.unsent > 0) {
      entry.passedOver = Math.max(entry.passedOver, position);
      return;
    }
    entry.document = document;
    entry.serverRev = document.rev;
    entry.serverPosition = position;
    entry.patientId = patientOf(document) ?? entry.patientId;
    this.entries.set(key, entry);
  }

  /** A patient may have left the scope, and come back, while what was written of them waits to be sent again. */
  private waitingFor(key: string): number {
    return this.log.filter(({ state, changeSet }) => (state === 'unsent' || state === 'offered') && changeSet.documents.some((document) => keyOf(document) === key)).length;
  }

  protected withdraw(patientId: string): void {
    for (const [key, entry] of this.entries) {
      if (entry.patientId !== patientId) continue;
      if (entry.unsent > 0) this.fetches.add(key);
      else this.drop(key);
    }
  }

  /** A restored server may have lost bytes that it once had: they go when it says again that it has them, or wants none. */
  private drop(key: string): void {
    const entry = this.entries.get(key);
    if (entry?.document.collection === 'documentReferences') this.bytes.requeue([entry.document]);
    this.entries.delete(key);
  }

  applySnapshotPage({ at, documents, cursor, total }: { at: number; documents: PositionedDocument[]; cursor: string | null; total: number }): void {
    for (const { position, ...document } of documents) {
      this.arrive(document, position);
      const entry = this.entries.get(keyOf(document));
      if (entry !== undefined) entry.snapshot = this.snapshots;
    }
    const received = (this.facts.snapshot?.received ?? 0) + documents.length;
    this.facts.snapshot = cursor === null ? null : { at, cursor, received, total };
    this.facts.knownPosition = Math.max(this.facts.knownPosition, at);
    if (cursor === null) this.endSnapshot(at);
  }

  private endSnapshot(at: number): void {
    for (const [key, entry] of this.entries) {
      const told = entry.snapshot === this.snapshots || !pulledCollections.includes(entry.document.collection);
      const untold = !told && entry.serverPosition !== null && entry.serverPosition <= at;
      if (!untold) continue;
      if (entry.unsent > 0) this.fetches.add(key);
      else this.drop(key);
    }
    for (const [key, position] of this.awaited) if (position <= at) this.awaited.delete(key);
    this.facts.position = at;
  }

  toFetch(limit: number): DocumentRef[] {
    const ready = [...this.fetches].filter((key) => (this.entries.get(key)?.unsent ?? 0) === 0);
    return ready.slice(0, limit).map(refOf);
  }

  applyFetched(documents: PositionedDocument[], missing: DocumentRef[]): void {
    for (const { position, ...document } of documents) {
      if ((this.entries.get(keyOf(document))?.unsent ?? 0) > 0) continue;
      this.fetches.delete(keyOf(document));
      this.facts.knownPosition = Math.max(this.facts.knownPosition, position);
      this.arrive(document, position);
    }
    for (const ref of missing) {
      const entry = this.entries.get(keyOf(ref));
      if ((entry?.unsent ?? 0) > 0) continue;
      this.fetches.delete(keyOf(ref));
      // What the server never had stays: it is in quarantine, and here is its only copy.
      if (entry !== undefined && entry.serverRev !== null) this.drop(keyOf(ref));
    }
  }

  digests(): Record<string, Digest> {
    return digestOf(this.onServer());
  }

  bucket(collection: string, bucket: number): { id: string; rev: string }[] {
    return this.onServer().filter((ref) => ref.collection === collection && bucketOf(ref.id) === bucket).map(({ id, rev }) => ({ id, rev }));
  }

  private onServer(): RevRef[] {
    return [...this.entries.values()].flatMap(({ document: { collection, id }, serverRev }) =>
      serverRev === null || !pulledCollections.includes(collection) ? [] : [{ collection, id, rev: serverRev }]);
  }

  repairBucket(collection: string, bucket: number, theirs: { id: string; rev: string }[]): number {
    const ours = new Map(this.bucket(collection, bucket).map(({ id, rev }) => [id, rev]));
    const unsent = (id: string) => (this.entries.get(keyOf({ collection, id }))?.unsent ?? 0) > 0;
    const differing = theirs.filter(({ id, rev }) => ours.get(id) !== rev && !unsent(id));
    const alone = [...ours.keys()].filter((id) => !theirs.some((other) => other.id === id) && !unsent(id));
    for (const { id } of differing) {
      this.fetches.add(keyOf({ collection, id }));
      const entry = this.entries.get(keyOf({ collection, id }));
      if (entry !== undefined) entry.serverPosition = null;
    }
    for (const id of alone) this.offerAlone(this.entries.get(keyOf({ collection, id })) as Entry);
    this.noteWanted(this.log.map(({ changeSet }) => changeSet.id));
    return differing.length + alone.length;
  }

  noteVerified(position: number): void {
    this.facts.verifiedPosition = position;
    this.bytes.askForLacking();
  }

  nextTransfer(sendOnly: boolean): Transfer | 'awaiting' | null {
    this.keepNamed();
    const isUnsent = (id: string) => (this.entries.get(keyOf({ collection: 'documentReferences', id }))?.unsent ?? 0) > 0;
    return this.bytes.next(sendOnly, this.shown(), isUnsent);
  }

  noteTransfer(transfer: Transfer, answer: TransferAnswer | null): void {
    this.bytes.note(transfer, answer, this.shown());
    this.keepNamed();
  }

  private shown(): WireDocument[] {
    return [...this.entries.values()].flatMap(({ document }) => (document.collection === 'documentReferences' ? [document] : []));
  }

  /** What waits in a change set names bytes, too: a version may have been written over and not been sent. */
  private keepNamed(): void {
    if (this.bytes.isEmpty) return;
    const shown = this.shown();
    const waiting = this.log.filter(({ state }) => state !== 'sent').flatMap(({ changeSet: { documents } }) => documents);
    this.bytes.keepNamed([...shown, ...waiting], new Set(shown.filter(({ content }) => content === null).map(({ id }) => id)));
  }

  holds(id: string, hash: string): boolean {
    return this.bytes.isWhole(hash) && (this.bytes.sends(id) || this.find('documentReferences', id) !== undefined);
  }

  handOver(): void {
    for (const logged of this.log) if (logged.state === 'quarantined') this.waits(logged, 'unsent');
    this.bytes.requeue(this.shown());
  }

  lock(): void {
    if (this.log.some(({ state }) => state === 'unsent' || state === 'offered') || this.bytes.hasUploads) return;
    this.facts.locked = true;
    this.entries.clear();
    this.log = [];
  }

  documents(): Held[] {
    return [...this.entries.values()].map(({ document, serverRev, serverPosition }) => ({ ...document, serverRev, serverPosition }));
  }

  find(collection: string, id: string): WireDocument | undefined {
    return this.entries.get(keyOf({ collection, id }))?.document;
  }

  kept(): Kept[] {
    return this.log.flatMap(({ changeSet: { documents }, state, position }) =>
      documents.map(({ rev }) => ({ rev, state: state === 'unsent' || state === 'offered' ? 'waiting' : state, position })));
  }

  copy(): MemoryReplica {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as MemoryReplica, this);
    copy.facts = { ...this.facts };
    copy.entries = new Map([...this.entries].map(([key, entry]) => [key, { ...entry }]));
    copy.log = this.log.map((logged) => ({ ...logged }));
    copy.bytes = this.bytes.copy();
    copy.fetches = new Set(this.fetches);
    copy.awaited = new Map(this.awaited);
    return copy;
  }

  crash(): void {
    // Each method is one transaction: nothing is left half done.
  }

  close(): void {
    // Memory needs no closing.
  }
}

const unknown = (document: WireDocument): Entry => ({
  document, serverRev: null, serverPosition: null, unsent: 0, passedOver: 0, snapshot: 0, patientId: patientOf(document),
});

function patientOf(document: WireDocument): string | undefined {
  const compartment = compartmentOf(document);
  return compartment?.kind === 'granted' ? compartment.id : undefined;
}

function refOf(key: string): DocumentRef {
  const [collection, id] = key.split('/') as [string, string];
  return { collection, id };
}
