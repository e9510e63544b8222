import type { PatientInput } from '../../shared/schema/patient.ts';
import { addToImportBatch, type NewImportBatch } from '../storage/import-batches.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
import { duplicateFinder, eachBatch, type ImportPlan } from './import-rows.ts';
import type { RunningJob } from './job-runner.ts';
import { mintMedicalRecordNumbers } from './medical-record-number.ts';
import type { OpenImport } from './open-imports.ts';
import { ownSite } from './sites.ts';

/** Reads and checks the whole file; the report says what an import would do. */
export async function checkFile({ store }: Context, opened: OpenImport, plan: ImportPlan, job: RunningJob): Promise<void> {
  await eachBatch(opened, plan, { now: store.now(), isDuplicate: await duplicateFinder(store, job), take: () => undefined }, job);
  opened.dryRun = { plan: planKey(plan), possibleDuplicates: opened.report.possibleDuplicates };
}

/**
 * Brings in the good rows, a change set for every batch of them. What is in when the job is cancelled or the process
 * dies stays, belongs to one import batch, and can be undone.
 */
export async function importFile(context: Context, opened: OpenImport, plan: ImportPlan, job: RunningJob): Promise<void> {
  const { store, actor, environment, user } = context;
  const { report, dryRun } = opened;
  const batch: NewImportBatch = {
    id: environment.newId(),
    fileName: opened.fileName,
    importedAt: store.now().toISOString(),
    importedBy: user.id,
  };
  const take = (patients: PatientInput[]) => {
    commitPatients(store, actor, batch, patients);
    report.imported += patients.length;
    report.batchId = batch.id;
  };
  // A dry run of this very plan has looked for duplicates already, which means reading who is in the store.
  const known = dryRun?.plan === planKey(plan) ? dryRun.possibleDuplicates : undefined;
  report.possibleDuplicates = known ?? 0;
  try {
    const isDuplicate = known === undefined ? await duplicateFinder(store, job) : () => false;
    await eachBatch(opened, plan, { now: store.now(), isDuplicate, take }, job);
  } finally {
    if (report.imported > 0) opened.file = undefined;
  }
}

const planKey = ({ encoding, mapping }: ImportPlan): string => JSON.stringify([encoding, mapping]);

function commitPatients(store: Store, actor: Context['actor'], batch: NewImportBatch, patients: PatientInput[]): void {
  store.commit({ actor, action: 'import.batch', about: { collection: 'patients' }, count: patients.length }, (transaction) => {
    addToImportBatch(store.connection, batch, transaction);
    const numbers = mintMedicalRecordNumbers(transaction, store, patients.length);
    const site = ownSite(store);
    patients.forEach((patient, index) => transaction.create('patients', { ...patient, medicalRecordNumber: numbers[index] as string, ...site }));
  });
}
