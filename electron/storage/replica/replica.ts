import type { CollectionName } from '../../../shared/schema/collections.ts';
import type { Transfer, TransferAnswer } from '../../../shared/sync/attachments.ts';
import { derivedId } from '../../../shared/sync/derived-id.ts';
import type { Digest } from '../../../shared/sync/digest.ts';
import type { ChangeSet, DocumentRef, PositionedDocument, PulledChangeSet, PushOutcome, TextDocument } from '../../../shared/sync/protocol.ts';
import type { Replica, ReplicaState } from '../../../shared/sync/replica.ts';
import { isRoot } from '../../../shared/sync/scope.ts';
import type { Connection } from '../connection.ts';
import { deferWork, doDeferredWork, finishDeferredWork, indexDocuments, isWorkDeferred, worthDeferring } from '../deferred-work.ts';
import { dropMeta, readMeta, writeMeta } from '../meta.ts';
import { statement } from '../statements.ts';
import type { Store } from '../store.ts';
import { writeFormerSite } from '../sync-facts.ts';
import { enteringVisits } from '../visits.ts';
import { takeOutcomes } from './acknowledgements.ts';
import { arrive, arriveEcho, arriveInBulk, type Work } from './arrivals.ts';
import { documentsOf, findChangeSet, greatestPosition, insertReceived, isAnyAccepted, notePosition, putInOutbox, readChangeSet, revsOf } from './change-sets.ts';
import { DigestTally, readDigests } from './digest-tally.ts';
import { contentText, isTold, readAnyRow, withText } from './documents.ts';
import { adoptEpoch } from './epoch.ts';
import { askForUnmentioned, forgetFetch, listFetches } from './fetches.ts';
import { ReceivedSets } from './received-sets.ts';
import { readBucket, repairBucket } from './repair.ts';
import { beginSnapshot, readState, toReplicaState, writeState } from './replica-state.ts';
import { forgetTransfers, hasUploads, requeueAll, Transfers } from './transfers.ts';
import { dropMissing, dropUntold, keepInScope, resumeWithdrawals, withdraw } from './withdrawals.ts';

/** A snapshot touches the same pages of its indices again and again: written to the database seldom, they cost half. 128 MB of log at most. */
const pagesBetweenCheckpoints = { usually: 1000, inSnapshots: 32_000 };

/** The replica of the encrypted store. Each method is one durable transaction on the store's own connection. */
export class StoreReplica implements Replica {
  private readonly store: Store;
  private readonly transfers: Transfers;

  constructor(store: Store) {
    this.store = store;
    this.transfers = new Transfers(store.connection);
  }

  state(): ReplicaState {
    return toReplicaState(readState(this.connection), { deviceId: this.store.deviceId, greatestPosition: greatestPosition(this.connection) });
  }

  /** Begins with a server that this workstation has just joined: nothing is known of it yet. */
  enrol({ deviceId, siteId, workstationNumber }: { deviceId: string; siteId: string; workstationNumber: number }): void {
    this.work(({ connection }) => {
      writeMeta(connection, 'deviceId', deviceId);
      writeMeta(connection, 'siteId', siteId);
      writeMeta(connection, 'workstationNumber', twoDigits(workstationNumber));
      writeState(connection, { counter: 0, epoch: null, position: 0, scope_version: null, snapshot_under_way: 0, verified_position: null, locked: 0 });
    });
  }

  nextCounter(): number {
    return this.work(({ connection }) => {
      const counter = readState(connection).counter + 1;
      writeState(connection, { counter });
      return counter;
    });
  }

  /** The key pair that was made for it takes the place of the old one. */
  adoptIdentity({ deviceId, workstationNumber }: { deviceId: string; workstationNumber: number }): void {
    this.work(({ connection }) => {
      writeMeta(connection, 'deviceId', deviceId);
      writeMeta(connection, 'workstationNumber', twoDigits(workstationNumber));
      const next = readMeta(connection, 'nextDeviceKey');
      if (next !== undefined) writeMeta(connection, 'deviceKey', next);
      dropMeta(connection, 'nextDeviceKey');
      writeState(connection, { counter: 0 });
    });
  }

  adoptScope(scope: { siteId: string; scopeVersion: number; workstationNumber: number }): void {
    const { siteId, scopeVersion, workstationNumber } = scope;
    // A hub that begins to follow another server gives its workstations other numbers.
    if (readMeta(this.connection, 'workstationNumber') !== twoDigits(workstationNumber)) writeMeta(this.connection, 'workstationNumber', twoDigits(workstationNumber));
    const former = readMeta(this.connection, 'siteId');
    if (readState(this.connection).scope_version === scopeVersion && former === siteId) return;
    this.work(({ connection, touched }) => {
      if (former !== undefined && former !== siteId) {
        writeFormerSite(connection, { siteId: former, at: this.store.now().toISOString() });
        // No site was written, and yet the one that stands above every screen is another.
        touched.add('sites');
      }
      writeMeta(connection, 'siteId', siteId);
      writeState(connection, { scope_version: scopeVersion });
      beginSnapshot(connection);
    });
  }

  adoptEpoch(epoch: string, sharedPosition: number | null): void {
    this.work(({ connection }) => {
      adoptEpoch(connection, epoch, sharedPosition);
      forgetTransfers(connection);
    });
    this.transfers.askForLacking();
  }

  outgoing(maxBytes: number): ChangeSet[] {
    const found: ChangeSet[] = [];
    let bytes = 0;
    for (const seq of this.waiting('offered = 0')) {
      const { seq: _seq, received: _received, ...head } = readChangeSet(this.connection, seq);
      const changeSet = { ...head, documents: documentsOf(this.connection, seq) };
      bytes += Buffer.byteLength(JSON.stringify(changeSet));
      if (found.length > 0 && bytes > maxBytes) break;
      found.push(changeSet);
    }
    return found;
  }

  offers(limit: number): { id: string; revs: string[] }[] {
    const found: { id: string; revs: string[] }[] = [];
    const gone: number[] = [];
    for (const seq of this.waiting('offered = 1')) {
      const revs = revsOf(this.connection, seq).map(({ rev }) => rev);
      if (revs.length === 0) gone.push(seq);
      else found.push({ id: readChangeSet(this.connection, seq).id, revs });
      if (found.length === limit) break;
    }
    // What it wrote has left this workstation's scope: there is nothing to offer.
    if (gone.length > 0) this.work(({ connection }) => gone.forEach((seq) => statement(connection, 'DELETE FROM outbox WHERE change_seq = ?').run(seq)));
    return found;
  }

  noteWanted(ids: string[]): void {
    if (ids.length === 0) return;
    this.work(({ connection }) => {
      const wanted = statement(connection, 'UPDATE outbox SET offered = 0 WHERE change_seq = (SELECT seq FROM change_sets WHERE id = ?)');
      for (const id of ids) wanted.run(id);
    });
  }

  acknowledge(outcomes: PushOutcome[]): void {
    if (outcomes.length > 0) this.work((work) => takeOutcomes(work, outcomes, this.store.now().toISOString()));
  }

  applyPage({ changeSets, position }: { changeSets: PulledChangeSet[]; position: number }): void {
    this.work((work) => {
      const { position: before } = readState(work.connection);
      for (const changeSet of changeSets) this.applyChangeSet(work, changeSet);
      askForUnmentioned(work.connection, changeSets, before, position);
      writeState(work.connection, { position });
    });
  }

  applySnapshotPage({ at, documents, cursor, total }: { at: number; documents: (PositionedDocument | TextDocument)[]; cursor: string | null; total: number }): void {
    if (cursor !== null) this.connection.pragma(`wal_autocheckpoint = ${pagesBetweenCheckpoints.inSnapshots}`);
    this.work((work) => {
      const { connection } = work;
      if (cursor === null) finishDeferredWork(connection);
      this.takeTold(work, documents);
      writeState(connection, { snapshot_at: at, snapshot_cursor: cursor, snapshot_total: total });
      if (cursor !== null) return;
      const { snapshot_number: number, position } = readState(connection);
      // Else everything here is of this snapshot: looking for what is not would read the whole store.
      if (number > 1 || position > 0 || isAnyAccepted(connection, at)) dropUntold(work, number, at);
      writeState(connection, { snapshot_under_way: 0, position: at });
    });
  }

  /** As long as nothing else is said, after a snapshot: the commit that ends one is not to wait for what all of them left in the log. */
  checkpointAsUsual(): void {
    this.connection.pragma(`wal_autocheckpoint = ${pagesBetweenCheckpoints.usually}`);
  }

  /**
   * Takes the documents of a last page before {@link doDeferredWork}, so that they are in what is made for all at once: one by one they take
   * longer than ten pages. Told again after a crash they change nothing.
   */
  takeAhead({ documents }: { documents: (PositionedDocument | TextDocument)[] }): void {
    this.work((work) => this.takeTold(work, documents));
  }

  private takeTold(work: Work, documents: (PositionedDocument | TextDocument)[]): void {
    const { connection } = work;
    const { snapshot_number: number, snapshot_received: received } = readState(connection);
    const sets = new ReceivedSets(connection, this.store);
    const insert = () => {
      for (const told of documents) {
        const { document, text } = withText(told);
        arriveInBulk(work, document, text, sets.seqFor(document, text), number);
      }
    };
    if (isWorkDeferred(connection)) insert();
    else enteringVisits(connection, documents.length, insert);
    sets.close();
    const someWait = statement(connection, 'SELECT 1 FROM withdrawals LIMIT 1').get() !== undefined;
    if (someWait) for (const { collection, id } of documents) if (isRoot(collection)) keepInScope(work, id);
    writeState(connection, { snapshot_received: received + documents.length });
  }

  /**
   * Puts off what can be made at the end, where this is the first page of a large first copy and nobody is at work here; see {@link deferWork}.
   * The last page makes up for it, unless {@link doDeferredWork} has done so before, part by part.
   */
  deferWorkFor({ total }: { total: number }): void {
    const { snapshot_number: number, snapshot_received: received, position } = readState(this.connection);
    if (total < worthDeferring || number > 1 || received > 0 || position > 0 || isWorkDeferred(this.connection)) return;
    const isEmpty = statement(this.connection, 'SELECT 1 FROM patients UNION ALL SELECT 1 FROM medical_records LIMIT 1').get() === undefined;
    if (isEmpty) deferWork(this.connection);
  }

  get hasDeferredWork(): boolean {
    return isWorkDeferred(this.connection);
  }

  /** Makes one of the indices of documents that were put off. Answers whether there are more. */
  indexDocuments(): boolean {
    return indexDocuments(this.connection);
  }

  /** Makes up for a part of what was put off. Answers whether there is more. */
  doDeferredWork(): boolean {
    return doDeferredWork(this.connection);
  }

  toFetch(limit: number): DocumentRef[] {
    return listFetches(this.connection, limit);
  }

  applyFetched(documents: PositionedDocument[], missing: DocumentRef[]): void {
    this.work((work) => {
      const sets = new ReceivedSets(work.connection, this.store);
      for (const document of documents) {
        forgetFetch(work.connection, document);
        arrive(work, document, () => sets.seqFor(document, contentText(document)));
      }
      sets.close();
      for (const ref of missing) {
        forgetFetch(work.connection, ref);
        if (!isTold(ref.collection)) continue;
        const row = readAnyRow(work.connection, ref.collection, ref.id);
        if (row !== undefined) dropMissing(work, ref.collection, row);
      }
    });
  }

  digests(): Record<string, Digest> {
    return readDigests(this.connection);
  }

  bucket(collection: string, bucket: number): { id: string; rev: string }[] {
    return isTold(collection) ? readBucket(this.connection, collection, bucket) : [];
  }

  repairBucket(collection: string, bucket: number, theirs: { id: string; rev: string }[]): number {
    return this.work((work) => repairBucket(work, collection, bucket, theirs));
  }

  noteVerified(position: number): void {
    this.work(({ connection }) => writeState(connection, { verified_position: position }));
    this.transfers.askForLacking();
  }

  nextTransfer(sendOnly: boolean): Transfer | 'awaiting' | null {
    return this.transfers.next(sendOnly);
  }

  noteTransfer(transfer: Transfer, answer: TransferAnswer | null): void {
    this.work(({ touched }) => {
      // What a screen says of where the bytes are is another now.
      if (this.transfers.note(transfer, answer)) touched.add('documentReferences');
    });
  }

  handOver(): void {
    this.work(({ connection }) => {
      statement(connection, 'INSERT INTO outbox (change_seq) SELECT change_seq FROM quarantine WHERE true ON CONFLICT DO NOTHING').run();
      statement(connection, 'DELETE FROM quarantine').run();
      requeueAll(connection);
    });
  }

  lock(): void {
    this.work(({ connection }) => {
      if (this.waiting('true').length === 0 && !hasUploads(connection)) writeState(connection, { locked: 1 });
    });
  }

  /** Puts a change set in quarantine back among what waits to be sent. */
  sendAgain(seq: number): void {
    this.work(({ connection }) => {
      statement(connection, 'DELETE FROM quarantine WHERE change_seq = ?').run(seq);
      putInOutbox(connection, seq);
    });
  }

  /** Gives a change set in quarantine up. */
  discard(seq: number): void {
    this.work((work) => {
      statement(work.connection, 'DELETE FROM quarantine WHERE change_seq = ?').run(seq);
      resumeWithdrawals(work);
    });
  }

  private get connection(): Connection {
    return this.store.connection;
  }

  private waiting(which: string): number[] {
    return statement(this.connection, `SELECT change_seq FROM outbox WHERE ${which} ORDER BY change_seq LIMIT 10000`).pluck().all() as number[];
  }

  private applyChangeSet(work: Work, changeSet: PulledChangeSet): void {
    const { connection } = work;
    const { documents, echoes, withdrawn, position, ...head } = changeSet;
    const known = findChangeSet(connection, head.id);
    if (known !== undefined) notePosition(connection, known.seq, position);
    // What a server made of a change set that is here already is kept apart from it, and later in the history.
    const id = known === undefined ? head.id : derivedId('landed', head.id, position);
    let kept: number | undefined;
    const seq = () => (kept ??= findChangeSet(connection, id)?.seq ?? insertReceived(connection, { ...head, id, count: documents.length, position }));
    for (const document of documents) {
      if (isRoot(document.collection)) keepInScope(work, document.id);
      arrive(work, { ...document, position }, seq);
    }
    for (const echo of echoes) arriveEcho(work, echo, position);
    for (const patientId of withdrawn) withdraw(work, patientId);
  }

  private work<Answer>(run: (work: Work) => Answer): Answer {
    const touched = new Set<CollectionName>();
    const answer = this.connection
      .transaction(() => {
        const tally = new DigestTally();
        const result = run({ connection: this.connection, tally, touched });
        tally.write(this.connection);
        return result;
      })
      .immediate();
    if (touched.size > 0) this.store.announce([...touched]);
    return answer;
  }
}

const twoDigits = (workstationNumber: number): string => String(workstationNumber).padStart(2, '0');
