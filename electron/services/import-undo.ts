import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { chartCollections, changeSetsOfBatch, countTouched, markImportUndone, untouchedDocuments, untouchedPatients, type BatchPart, type ChartCollection } from '../storage/import-batches.ts';
import type { Contents } from '../storage/collections.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import type { RunningJob } from './job-runner.ts';

/**
 * Takes a batch back, a change set for each that brought it in. Patients who came with it move to the trash, and their charts with them; what
 * it added to the charts of others is marked as entered in error, called off, or moved to the trash. Patients who were worked on since stay
 * with all that came in, and so does what was changed since. Fails with `import-not-found`, `job-running`, or `import-changed-since` unless
 * `evenIfChanged`.
 */
export async function undoImport(context: Context, { batchId, evenIfChanged }: CallParsed<'imports.undo'>): Promise<Job> {
  const parts = changeSetsOfBatch(context.store.connection, batchId).map((changeSeq): BatchPart => ({ batchId, changeSeq }));
  if (parts.length === 0) fail({ code: 'import-not-found' });
  const touched = evenIfChanged ? 0 : await countAll(context, parts);
  if (touched > 0) fail({ code: 'import-changed-since', count: touched });
  context.jobs.assertIdle('import.run', 'fhir-import', 'import.undo');
  return context.jobs.start('import.undo', (job) => takeBack(context, parts, job), context.user.id);
}

/** Change sets are counted one a turn, so that other calls need not wait for a large batch. */
async function countAll({ store }: Context, parts: readonly BatchPart[]): Promise<number> {
  let touched = 0;
  for (const part of parts) {
    touched += countTouched(store.connection, part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return touched;
}

async function takeBack(context: Context, parts: readonly BatchPart[], job: RunningJob): Promise<void> {
  const { store } = context;
  for (const [index, part] of parts.entries()) {
    takePartBack(context, part);
    job.progress(index + 1, parts.length);
    await job.pause();
  }
  for (const { batchId } of parts.slice(0, 1)) markImportUndone(store.connection, batchId, store.now().toISOString());
}

function takePartBack({ store, actor }: Context, part: BatchPart): void {
  // Read anew: somebody may have changed something since the undo was asked for.
  const patients = untouchedPatients(store.connection, part);
  const added = chartCollections.flatMap((collection) => untouchedDocuments(store.connection, collection, part).map((document) => ({ collection, document })));
  const count = patients.length + added.length;
  if (count === 0) return;
  store.commit({ actor, action: 'import.undone', about: { collection: 'patients' }, count }, (transaction) => {
    for (const { id, rev } of patients) transaction.remove('patients', id, { over: rev });
    for (const { collection, document } of added) {
      const withdrawn = withdrawals[collection];
      const { id, rev } = document;
      if (withdrawn === undefined) transaction.remove(collection, id, { over: rev });
      else transaction.update(collection, id, { ...contentOf(document), ...withdrawn } as Contents[typeof collection], { over: rev });
    }
  });
}

const mistaken = { status: 'entered-in-error' };
/** What stays in a chart says that it was a mistake: somebody may have read it. What has no such state moves to the trash. */
const withdrawals: Partial<Record<ChartCollection, Record<string, string>>> = {
  allergyIntolerances: { verificationStatus: 'entered-in-error' }, conditions: { verificationStatus: 'entered-in-error' }, observations: mistaken, medicationRequests: mistaken,
  serviceRequests: mistaken, immunizations: mistaken, appointments: { status: 'cancelled' }, encounters: { status: 'cancelled' }, referrals: { status: 'cancelled' }, careTasks: { status: 'cancelled' },
};
