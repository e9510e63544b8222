import { deepEqual, type RxCollection, type RxConflictHandler, type WithDeleted } from 'rxdb';
import { replicateRxCollection, type RxReplicationState } from 'rxdb/plugins/replication';
import { Subject } from 'rxjs';
import { rootFields } from '../../shared/sync/scope.ts';
import type { RxdbDocument } from './documents.ts';
import type { Checkpoint, RxdbPulled } from './pull.ts';

/** What a hello told this client, see the protocol of the sync server. */
export interface RxdbSession {
  token: string;
  epoch: string;
  scopeVersion: number;
}

/**
 * The session of one client, shared by the replications of all its collections: a new hello ends the session before it, so that
 * replications which each say their own would end one another's for ever.
 *
 * @param hello says hello to the server; rejects as it does, and the next one who asks tries again
 */
export function sharedSession(hello: () => Promise<RxdbSession>): RxdbReplication['session'] {
  let current: Promise<RxdbSession> | undefined;
  return async (stale) => {
    const before = current;
    const known = await before?.catch(() => undefined);
    if (known !== undefined && known.token !== stale?.token) return known;
    // Of several that wait for one, the first asks and the others take its answer.
    return current !== undefined && current !== before ? current : (current = hello());
  };
}

export interface RxdbReplication {
  /** Such as `https://sync.example.org`. */
  address: string;
  /** Name of the collection on the server. */
  name: string;
  collection: RxCollection<RxdbDocument>;
  /** The session that is good now, see {@link sharedSession}; `stale` is one that the server took no more. */
  session: (stale?: RxdbSession) => Promise<RxdbSession>;
  actorId: string;
  batchSize?: number;
  fetch?: typeof fetch;
}

/** Facts that the server gives make no difference between two states. */
const told = ({ rev: _rev, updatedAt: _at, updatedBy: _by, createdAt: _made, ...rest }: WithDeleted<RxdbDocument>) => rest;

/** What the server answers is merged already, with both values in the conflict inbox where it could not be: it is taken. */
export const outpostConflictHandler: RxConflictHandler<RxdbDocument> = {
  isEqual: (one, other) => deepEqual(told(one), told(other)),
  resolve: ({ realMasterState }) => Promise.resolve(realMasterState),
};

/** Replicates one collection with a sync server. The collection needs {@link outpostConflictHandler}. */
export function replicateWithOutpost({ address, name, collection, session, actorId, batchSize = 200, fetch: send = fetch }: RxdbReplication): {
  state: RxReplicationState<RxdbDocument, Checkpoint>;
  /** To be called when the server's hints say that there is something new. */
  resync: () => void;
} {
  const stream = new Subject<'RESYNC'>();
  let current: RxdbSession | undefined;
  async function ask<Answer>(path: string, body: Record<string, unknown>): Promise<Answer> {
    current ??= await session();
    const { token, epoch, scopeVersion } = current;
    const about = path === 'pull' ? { epoch, scopeVersion } : { epoch };
    const response = await send(`${address}/rxdb/v1/${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ collection: name, ...about, ...body }),
    });
    const answer = (await response.json()) as Answer & { error?: { code: string } };
    if (response.ok) return answer;
    if (answer.error?.code === 'token-expired' || answer.error?.code === 'epoch-changed') current = await session(current);
    // RxDB tries again by itself after its retry time.
    throw new Error(answer.error?.code ?? `status ${response.status}`);
  }
  const state = replicateRxCollection<RxdbDocument, Checkpoint>({
    collection,
    replicationIdentifier: `outpost:${address}:${name}`,
    live: true,
    retryTime: 1000,
    pull: {
      batchSize,
      stream$: stream,
      handler: async (checkpoint) => {
        const { documents, checkpoint: next, withdrawn } = await ask<RxdbPulled>('pull', { checkpoint: checkpoint ?? null, batchSize });
        return { documents: [...documents, ...(await leaving(collection, withdrawn))], checkpoint: next };
      },
    },
    push: {
      batchSize,
      handler: (rows) =>
        ask<WithDeleted<RxdbDocument>[]>('push', { actorId, rows: rows.map(({ assumedMasterState, newDocumentState }) => ({ ...(assumedMasterState && { assumedMasterState }), newDocumentState })) }),
    },
  });
  return { state, resync: () => stream.next('RESYNC') };
}

/** Patients that left the scope go from this client, and nothing of that goes to the server. */
async function leaving(collection: RxCollection<RxdbDocument>, patientIds: string[]): Promise<WithDeleted<RxdbDocument>[]> {
  if (patientIds.length === 0) return [];
  const gone = new Set(patientIds);
  const held = await collection.find().exec();
  return held.map((document) => document.toMutableJSON() as unknown as RxdbDocument).filter((document) => gone.has(document.id) || Object.values(rootFields).some((field) => gone.has(String(document[field])))).map((document) => ({ ...document, _deleted: true }));
}
