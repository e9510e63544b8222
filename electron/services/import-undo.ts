import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { changeSetsOfBatch, countTouchedPatients, markImportUndone, untouchedPatients } from '../storage/import-batches.ts';
import type { Context } from './context.ts';
import type { RunningJob } from './job-runner.ts';

/**
 * Moves a batch's patients to the trash, a change set for each that brought them in. Patients who were changed or worked
 * on since stay. Fails with `import-not-found`, `job-running`, or `import-changed-since` unless `evenIfChanged`.
 */
export async function undoImport(context: Context, { batchId, evenIfChanged }: CallParsed<'imports.undo'>): Promise<Job> {
  const changeSets = changeSetsOfBatch(context.store.connection, batchId);
  if (changeSets.length === 0) fail({ code: 'import-not-found' });
  const touched = evenIfChanged ? 0 : await countTouched(context, changeSets);
  if (touched > 0) fail({ code: 'import-changed-since', count: touched });
  context.jobs.assertIdle('import.run', 'import.undo');
  return context.jobs.start('import.undo', (job) => moveToTrash(context, { batchId, changeSets }, job), context.user.id);
}

/** Change sets are counted one a turn, so that other calls need not wait for a large batch. */
async function countTouched({ store }: Context, changeSets: readonly number[]): Promise<number> {
  let touched = 0;
  for (const changeSeq of changeSets) {
    touched += countTouchedPatients(store.connection, changeSeq);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return touched;
}

async function moveToTrash(context: Context, batch: { batchId: string; changeSets: readonly number[] }, job: RunningJob): Promise<void> {
  const { store, actor } = context;
  for (const [index, changeSeq] of batch.changeSets.entries()) {
    // Read anew: somebody may have changed a patient since the undo was asked for.
    const patients = untouchedPatients(store.connection, changeSeq);
    if (patients.length > 0) {
      store.commit({ actor, action: 'import.undone', about: { collection: 'patients' }, count: patients.length }, (transaction) => {
        for (const { id, rev } of patients) transaction.remove('patients', id, { over: rev });
      });
    }
    job.progress(index + 1, batch.changeSets.length);
    await job.pause();
  }
  markImportUndone(store.connection, batch.batchId, store.now().toISOString());
}
