import { z } from 'zod';
import { idSchema } from '../../shared/schema/document.ts';
import { positionSchema, type PulledChangeSet, type WireDocument } from '../../shared/sync/protocol.ts';
import type { Handle } from '../service/messages.ts';
import { rxdbCollectionSchema, toRxdb, type RxdbDocument } from './documents.ts';

/**
 * How far one collection has been read. `at` with `cursor` while the first copy is under way. A client that hello tells another epoch
 * or scope reads its copy anew.
 */
const checkpointSchema = z.strictObject({
  epoch: idSchema,
  scopeVersion: z.int(),
  position: positionSchema,
  snapshot: z.strictObject({ at: positionSchema.nullable(), cursor: z.string().max(400).nullable() }).nullable(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const rxdbPullSchema = z.strictObject({
  collection: rxdbCollectionSchema,
  /** As hello told them. */
  epoch: idSchema,
  scopeVersion: z.int(),
  checkpoint: checkpointSchema.nullable(),
  batchSize: z.int().min(1).max(10_000),
});
export type RxdbPull = z.infer<typeof rxdbPullSchema>;

export interface RxdbPulled {
  /** At least `batchSize`, unless everything has been told: RxDB takes a short page for the end. */
  documents: RxdbDocument[];
  checkpoint: Checkpoint;
  /** Patients that left the scope: the client drops what it holds of them. */
  withdrawn: string[];
}

const pageBytes = 1024 * 1024;

/** Reads on until the page is full or there is no more. */
export async function pullDocuments(handle: Handle, token: string | null, { collection, epoch, scopeVersion, checkpoint, batchSize }: RxdbPull): Promise<RxdbPulled> {
  const goesOn = checkpoint !== null && checkpoint.epoch === epoch && checkpoint.scopeVersion === scopeVersion;
  let now: Checkpoint = goesOn ? checkpoint : { epoch, scopeVersion, position: 0, snapshot: { at: null, cursor: null } };
  const documents: RxdbDocument[] = [];
  const withdrawn: string[] = [];
  for (let end = false; !end && documents.length < batchSize; ) {
    const page = now.snapshot === null ? await readOn(handle, token, now) : await readCopy(handle, token, now);
    documents.push(...page.documents.filter((document) => document.collection === collection).map(toRxdb));
    withdrawn.push(...page.withdrawn);
    now = page.checkpoint;
    end = page.end;
  }
  return { documents, checkpoint: now, withdrawn };
}

interface PageRead {
  documents: WireDocument[];
  withdrawn: string[];
  checkpoint: Checkpoint;
  end: boolean;
}

async function readCopy(handle: Handle, token: string | null, checkpoint: Checkpoint): Promise<PageRead> {
  const { at, documents, cursor } = await handle('snapshot', token, { epoch: checkpoint.epoch, ...checkpoint.snapshot, maxBytes: pageBytes });
  const next = cursor === null ? { ...checkpoint, position: at, snapshot: null } : { ...checkpoint, snapshot: { at, cursor } };
  return { documents, withdrawn: [], checkpoint: next, end: false };
}

async function readOn(handle: Handle, token: string | null, checkpoint: Checkpoint): Promise<PageRead> {
  const { epoch } = checkpoint;
  const { changeSets, position, head } = await handle('pull', token, { epoch, after: checkpoint.position, maxBytes: pageBytes });
  const echoed = await handle('documents', token, { epoch, refs: refsOf(changeSets) });
  return {
    documents: [...changeSets.flatMap(({ documents }) => documents), ...echoed.documents],
    withdrawn: changeSets.flatMap((changeSet) => changeSet.withdrawn),
    checkpoint: { ...checkpoint, position },
    end: position >= head,
  };
}

/** What the client wrote itself is told by rev only. It is asked for whole: the rev was given by the server, which the client has to learn. */
const refsOf = (changeSets: PulledChangeSet[]) => {
  const refs = new Map(changeSets.flatMap(({ echoes }) => echoes).map(({ collection, id }) => [`${collection}/${id}`, { collection, id }]));
  return [...refs.values()].slice(0, 1000);
};
