import type { Transfer, TransferAnswer } from '../../shared/sync/attachments.ts';
import type { Digest } from '../../shared/sync/digest.ts';
import type { ChangeSet, DocumentRef, PositionedDocument, PulledChangeSet, PushOutcome } from '../../shared/sync/protocol.ts';
import type { ReplicaLater, ReplicaState } from '../../shared/sync/replica.ts';
import { isRoot, rootCollections } from '../../shared/sync/scope.ts';
import type { Queries } from '../database/index.ts';
import type { UpstreamRow } from '../database/schema.ts';
import type { ServiceContext } from '../service/context.ts';
import { marks } from '../service/held.ts';
import { isPatient } from '../service/landing.ts';
import { closeSessions } from '../service/sessions.ts';
import { adoptEpoch } from './epoch.ts';
import { keyOf, Known } from './known.ts';
import { listEntries, noteNew, readChangeSets, readRevs, readUnsent, setState } from './ledger.ts';
import { takeOutcomes } from './outcomes.ts';
import { applyChangeSets, arriveAlone } from './pages.ts';
import { isNobodysThere, readBucket, readDigests, repairBucket, type IdAndRev } from './repair.ts';
import { sendAgain } from './send-again.ts';
import { readUpstream, snapshotFromStart, toReplicaState, writeUpstream } from './upstream.ts';
import { ownHead, withdraw } from './withdrawals.ts';
import { UpstreamTransfers } from './transfers.ts';
import { inWork, type Work } from './work.ts';

/** Enough for the largest push. */
const entriesAtOnce = 300;

/**
 * The database of a server as the replica of another one: what its workstations send goes up as it is, what comes down lands at a
 * position of its own with the other server's revs, for its workstations to pull. Each method is one durable transaction.
 */
export class UpstreamReplica implements ReplicaLater {
  readonly #context: ServiceContext;
  readonly #organisationId: number;
  /** What it lands itself is being told: for whoever drives it, that is no work to send. */
  isTelling = false;
  readonly #transfers: UpstreamTransfers;

  constructor(context: ServiceContext, organisationId: number) {
    this.#context = context;
    this.#organisationId = organisationId;
    this.#transfers = new UpstreamTransfers(context, organisationId);
  }

  async state(): Promise<ReplicaState> {
    return toReplicaState(await this.#read());
  }

  nextCounter(): Promise<number> {
    return this.#context.database.transaction(async (queries) => {
      await queries.change('UPDATE upstreams SET counter = counter + 1 WHERE organisation_id = ?', [this.#organisationId]);
      return (await this.#read(queries)).counter;
    });
  }

  /** The key pair that was made for it takes the place of the old one. */
  async adoptIdentity({ deviceId }: { deviceId: string; workstationNumber: number }): Promise<void> {
    await this.#context.database.change(
      'UPDATE upstreams SET device_id = ?, counter = 0, private_key = COALESCE(next_private_key, private_key), next_private_key = NULL, told_names = NULL WHERE organisation_id = ?',
      [deviceId, this.#organisationId],
    );
  }

  async adoptScope({ siteId, scopeVersion }: { siteId: string; scopeVersion: number; workstationNumber: number }): Promise<void> {
    const known = await this.#read();
    if (known.scope_version === scopeVersion && known.site_id === siteId) return;
    await this.#work(async ({ queries, organisationId, upstream }) => {
      if (upstream.site_id !== siteId) await moveDevices(queries, organisationId, upstream.site_id, siteId);
      await writeUpstream(queries, organisationId, { site_id: siteId, scope_version: scopeVersion, ...snapshotFromStart(upstream) });
    });
  }

  async adoptEpoch(epoch: string, sharedPosition: number | null): Promise<void> {
    await this.#work((work) => adoptEpoch(work, epoch, sharedPosition));
    this.#transfers.askForLacking();
  }

  outgoing(maxBytes: number): Promise<ChangeSet[]> {
    return this.#inOrder('waiting', async (queries, entries) => {
      const found: ChangeSet[] = [];
      let bytes = 0;
      for (const changeSet of await readChangeSets(queries, this.#organisationId, entries)) {
        bytes += Buffer.byteLength(JSON.stringify(changeSet));
        if (found.length > 0 && bytes > maxBytes) break;
        found.push(changeSet);
      }
      await this.#noteSent(queries, found);
      return found;
    });
  }

  offers(limit: number): Promise<{ id: string; revs: string[] }[]> {
    return this.#inOrder('offered', async (queries, entries) => {
      const written = await readRevs(queries, this.#organisationId, entries);
      return entries.slice(0, limit).map((entry) => ({ id: entry.id, revs: (written.get(entry) ?? []).map(({ rev }) => rev) }));
    });
  }

  async noteWanted(ids: string[]): Promise<void> {
    await this.#context.database.transaction(async (queries) => {
      for (const id of ids) {
        await queries.change(`UPDATE upstream_change_sets SET state = 'waiting' WHERE organisation_id = ? AND id = ? AND state = 'offered'`, [this.#organisationId, id]);
      }
    });
  }

  async acknowledge(outcomes: PushOutcome[]): Promise<void> {
    if (outcomes.length > 0) await this.#work((work) => takeOutcomes(work, outcomes));
  }

  /** A patient who leaves the scope may come back in the next change set: what goes is gone before that lands. */
  async applyPage({ changeSets, position }: { changeSets: PulledChangeSet[]; position: number }): Promise<void> {
    let from = 0;
    for (const [index, { withdrawn, position: at }] of changeSets.entries()) {
      if (withdrawn.length === 0 || index === changeSets.length - 1) continue;
      const some = changeSets.slice(from, index + 1);
      await this.#work((work) => applyChangeSets(work, some, at));
      from = index + 1;
    }
    await this.#work((work) => applyChangeSets(work, changeSets.slice(from), position));
  }

  async applySnapshotPage({ at, documents, cursor, total }: { at: number; documents: PositionedDocument[]; cursor: string | null; total: number }): Promise<void> {
    await this.#work(async (work) => {
      const { queries, organisationId, upstream, known } = work;
      await arriveAlone(work, documents);
      for (const document of documents) known.set(document, { snapshot_number: upstream.snapshot_number });
      await writeUpstream(queries, organisationId, {
        snapshot_at: at, snapshot_cursor: cursor, snapshot_received: upstream.snapshot_received + documents.length, snapshot_total: total,
      });
      if (cursor !== null) return;
      await known.flush();
      await dropUntold(work, at);
      await writeUpstream(queries, organisationId, { snapshot_under_way: 0, position: at, known_position: Math.max(upstream.known_position, at) });
    });
  }

  async toFetch(limit: number): Promise<DocumentRef[]> {
    const { database } = this.#context;
    const refs = await database.rows<DocumentRef>('SELECT collection, document_id AS id FROM upstream_documents WHERE organisation_id = ? AND to_fetch = 1', [this.#organisationId]);
    const unsent = await readUnsent(database, this.#organisationId, refs.map(({ id }) => id));
    return refs.filter((ref) => !unsent.has(keyOf(ref))).slice(0, limit).map(({ collection, id }) => ({ collection, id }));
  }

  async applyFetched(documents: PositionedDocument[], missing: DocumentRef[]): Promise<void> {
    await this.#work(async (work) => {
      await work.known.load([...documents, ...missing].map(({ id }) => id));
      for (const ref of [...documents, ...missing]) work.known.set(ref, { to_fetch: 0 });
      await arriveAlone(work, documents);
      await dropMissing(work, missing);
    });
  }

  digests(): Promise<Record<string, Digest>> {
    return readDigests(this.#context.database, this.#organisationId);
  }

  bucket(collection: string, bucket: number): Promise<IdAndRev[]> {
    return readBucket(this.#context.database, this.#organisationId, collection, bucket);
  }

  repairBucket(collection: string, bucket: number, theirs: IdAndRev[]): Promise<number> {
    return this.#work((work) => repairBucket(work, collection, bucket, theirs));
  }

  async noteVerified(position: number): Promise<void> {
    await writeUpstream(this.#context.database, this.#organisationId, { verified_position: position });
    this.#transfers.askForLacking();
  }

  nextTransfer(sendOnly: boolean): Promise<Transfer | 'awaiting' | null> {
    return this.#transfers.next(sendOnly);
  }

  noteTransfer(transfer: Transfer, answer: TransferAnswer | null): Promise<void> {
    return this.#transfers.note(transfer, answer);
  }

  async handOver(): Promise<void> {
    await this.#context.database.change(`UPDATE upstream_change_sets SET state = 'waiting' WHERE organisation_id = ? AND state = 'refused'`, [this.#organisationId]);
    await this.#transfers.requeueAll();
  }

  /** Ends the following. What is here stays, and the workstations of this server go on with it. */
  async lock(): Promise<void> {
    // Before the transaction: the embedded database has one connection. Bytes that come up meanwhile come with a change set that waits.
    const hasUploads = await this.#transfers.hasUploads();
    await this.#work(async ({ queries, organisationId }) => {
      const waiting = [...(await listEntries(queries, organisationId, 'waiting', 1)), ...(await listEntries(queries, organisationId, 'offered', 1))];
      if (waiting.length === 0 && !hasUploads) await writeUpstream(queries, organisationId, { locked: 1 });
    });
  }

  /** The oldest change sets of a state. What one wrote may have left this server's scope since: then there is nothing to send. */
  #inOrder<Found>(state: 'waiting' | 'offered', read: (queries: Queries, entries: Awaited<ReturnType<typeof listEntries>>) => Promise<Found[]>): Promise<Found[]> {
    const organisationId = this.#organisationId;
    return this.#context.database.transaction(async (queries) => {
      await noteNew(queries, organisationId, (await this.#read(queries)).noted_position);
      for (;;) {
        const entries = await listEntries(queries, organisationId, state, entriesAtOnce);
        const written = await readRevs(queries, organisationId, entries);
        const empty = entries.filter((entry) => written.get(entry)?.length === 0);
        for (const entry of empty) await setState(queries, organisationId, entry, { state: 'sent' });
        const left = entries.filter((entry) => !empty.includes(entry));
        if (left.length > 0) return read(queries, left);
        if (empty.length === 0) return [];
      }
    });
  }

  /** Before they are sent: the answer may be lost, and what was purged here meanwhile is then purged there too. */
  async #noteSent(queries: Queries, changeSets: ChangeSet[]): Promise<void> {
    const known = new Known(queries, this.#organisationId);
    const documents = changeSets.flatMap((changeSet) => changeSet.documents);
    await known.load(documents.map(({ id }) => id));
    for (const document of documents) known.touch(document);
    await known.flush();
  }

  async #work<Answer>(run: (work: Work) => Promise<Answer>): Promise<Answer> {
    const { answer, landed } = await inWork(this.#context, this.#organisationId, run);
    if (landed) {
      this.isTelling = true;
      this.#context.commits.tell(this.#organisationId);
      this.isTelling = false;
    }
    return answer;
  }

  async #read(queries: Queries = this.#context.database): Promise<UpstreamRow> {
    const row = await readUpstream(queries, this.#organisationId);
    if (row === undefined) throw new Error('This organisation follows no server');
    return row;
  }
}

/** A server that moves to another site takes its workstations along. */
async function moveDevices(queries: Queries, organisationId: number, from: string | null, to: string): Promise<void> {
  const devices = await queries.rows<{ id: string }>('SELECT id FROM devices WHERE organisation_id = ? AND site_id = ?', [organisationId, from]);
  for (const { id } of devices) {
    await queries.change('UPDATE devices SET site_id = ?, scope_version = scope_version + 1 WHERE id = ?', [to, id]);
    await queries.change('REPLACE INTO device_sites (device_id, site_id) VALUES (?, ?)', [id, to]);
  }
  await closeSessions(queries, devices.map(({ id }) => id));
}

/** After the last page of a snapshot: root documents that it did not tell, and that stood at or before its place, are not in scope. */
async function dropUntold(work: Work, at: number): Promise<void> {
  const untold = await work.queries.rows<{ id: string }>(
    `SELECT document_id AS id FROM upstream_documents WHERE organisation_id = ? AND collection IN (${marks(rootCollections.length)}) AND position <= ? AND snapshot_number <> ?`,
    [work.organisationId, ...rootCollections, at, work.upstream.snapshot_number],
  );
  if (untold.length > 0) await withdraw(work, untold.map(({ id }) => id), ownHead(work, 'patient.updated'));
}

/**
 * What the other server does not have for this one has left its scope with its patient, unless it never was there. What belongs to
 * everybody cannot leave: that is sent again.
 */
async function dropMissing(work: Work, missing: readonly DocumentRef[]): Promise<void> {
  const patients = new Set<string>();
  const unsent = await readUnsent(work.queries, work.organisationId, missing.map(({ id }) => id));
  await work.landing.held.load(missing.map(({ id }) => id), []);
  for (const ref of missing) {
    if (work.known.get(ref).rev === null || unsent.has(keyOf(ref))) continue;
    const current = work.landing.held.current(ref.collection, ref.id);
    if (!isRoot(ref.collection) && isNobodysThere(work, ref)) work.known.forget(ref);
    else if (current === undefined || !isPatient(current.compartment)) await sendAgain(work, ref);
    else patients.add(current.compartment);
  }
  if (patients.size > 0) await withdraw(work, [...patients], ownHead(work, 'patient.updated'));
}
