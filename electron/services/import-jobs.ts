import type { Encoding, ImportMapping } from '../../shared/contract/exchange.ts';
import { duplicateKeys, SeenTexts } from '../../shared/exchange/duplicate-keys.ts';
import { checkPatientRow, type CheckedRow } from '../../shared/exchange/patient-row.ts';
import type { TableRow } from '../../shared/exchange/table.ts';
import type { PatientInput } from '../../shared/schema/patient.ts';
import { addToImportBatch, type NewImportBatch } from '../storage/import-batches.ts';
import { isPossiblyStored } from '../storage/import-duplicates.ts';
import type { Store } from '../storage/store.ts';
import { calendarDay } from './calendar.ts';
import type { Context } from './context.ts';
import type { RunningJob } from './job-runner.ts';
import { mintMedicalRecordNumbers } from './medical-record-number.ts';
import { fileOf, type OpenImport } from './open-imports.ts';

export interface ImportPlan {
  encoding: Encoding;
  mapping: ImportMapping;
}

/** Patients in one change set: enough to share the cost of a durable commit, few enough that calls in between wait for a blink. */
const batchSize = 500;
/** Milliseconds of checking between two pauses. */
const longestTurn = 10;

/** Reads and checks the whole file; the report says what an import would do. */
export async function checkFile(context: Context, opened: OpenImport, plan: ImportPlan, job: RunningJob): Promise<void> {
  await eachBatch(context, opened, plan, job, () => undefined);
}

/**
 * Brings in the good rows, a change set for every {@link batchSize}. What is in when the job is cancelled or the process
 * dies stays, belongs to the batch, and can be undone.
 */
export async function importFile(context: Context, opened: OpenImport, plan: ImportPlan, job: RunningJob): Promise<void> {
  const { store, actor, environment, user } = context;
  const batch: NewImportBatch = {
    id: environment.newId(),
    fileName: opened.fileName,
    importedAt: store.now().toISOString(),
    importedBy: user.id,
  };
  try {
    await eachBatch(context, opened, plan, job, (patients) => {
      commitPatients(store, actor, batch, patients);
      opened.report.imported += patients.length;
      opened.report.batchId = batch.id;
    });
  } finally {
    if (opened.report.imported > 0) opened.file = undefined;
  }
}

function commitPatients(store: Store, actor: Context['actor'], batch: NewImportBatch, patients: PatientInput[]): void {
  store.commit({ actor, action: 'import.batch', about: { collection: 'patients' }, count: patients.length }, (transaction) => {
    addToImportBatch(store.connection, batch, transaction);
    const numbers = mintMedicalRecordNumbers(transaction, store, patients.length);
    patients.forEach((patient, index) => transaction.create('patients', { ...patient, medicalRecordNumber: numbers[index] ?? '' }));
  });
}

async function eachBatch(
  { store }: Context,
  opened: OpenImport,
  { encoding, mapping }: ImportPlan,
  job: RunningJob,
  take: (patients: PatientInput[]) => void,
): Promise<void> {
  const file = fileOf(opened);
  const { report } = opened;
  const seen = new SeenTexts();
  const today = calendarDay(store.now());
  let read = 0;
  let turnBegan = performance.now();
  let good: PatientInput[] = [];
  const { rows } = file.table(encoding, (bytes) => (read = bytes));
  for (const found of rows) {
    const checked = found.kind === 'blank' ? undefined : checkRow(found, mapping, today);
    if (checked !== undefined) report.rows += 1;
    if (checked?.issues) opened.addProblem(found.row, checked.issues);
    if (checked?.patient) {
      report.good += 1;
      if (isPossibleDuplicate(store, seen, checked.patient)) report.possibleDuplicates += 1;
      good.push(checked.patient);
    }
    if (good.length < batchSize && performance.now() - turnBegan < longestTurn) continue;
    if (good.length === batchSize) good = handOver(good, take);
    job.progress(read, file.size);
    await job.pause();
    turnBegan = performance.now();
  }
  if (good.length > 0) handOver(good, take);
  job.progress(file.size, file.size);
}

const checkRow = (row: Exclude<TableRow, { kind: 'blank' }>, mapping: ImportMapping, today: string): CheckedRow =>
  row.kind === 'cells' ? checkPatientRow(row.cells, mapping, today) : { issues: row.issues };

function handOver(good: PatientInput[], take: (patients: PatientInput[]) => void): PatientInput[] {
  take(good);
  return [];
}

function isPossibleDuplicate(store: Store, seen: SeenTexts, patient: PatientInput): boolean {
  let repeated = false;
  for (const key of duplicateKeys(patient)) repeated = seen.add(key) || repeated;
  return repeated || isPossiblyStored(store.connection, patient);
}
