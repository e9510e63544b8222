import type { Encoding, ImportMapping } from '../../shared/contract/exchange.ts';
import { duplicateKeys, SeenTexts } from '../../shared/exchange/duplicate-keys.ts';
import { checkPatientRow, type CheckedRow } from '../../shared/exchange/patient-row.ts';
import type { TableRow } from '../../shared/exchange/table.ts';
import type { PatientInput } from '../../shared/schema/patient.ts';
import { identities, type Identity } from '../storage/import-duplicates.ts';
import type { Store } from '../storage/store.ts';
import { calendarDay } from './calendar.ts';
import type { RunningJob } from './job-runner.ts';
import { fileOf, type OpenImport } from './open-imports.ts';

export interface ImportPlan {
  encoding: Encoding;
  mapping: ImportMapping;
}

/** What is done with a file's good rows. */
export interface RowUse {
  now: Date;
  isDuplicate(patient: PatientInput): boolean;
  /** Gets the good rows, {@link batchSize} at a time and the rest at the end. */
  take(patients: PatientInput[]): void;
}

/**
 * Patients in one change set. Half as many write half as much again to the disk, since each commit writes every index
 * page it touched; twice as many keep calls in between waiting for longer than a blink.
 */
export const batchSize = 1000;
/** Milliseconds of checking between two pauses. */
const longestTurn = 10;

/** Reads a file row by row, with pauses and progress; counts and lists in the report what is found. */
export async function eachBatch(opened: OpenImport, { encoding, mapping }: ImportPlan, use: RowUse, job: RunningJob): Promise<void> {
  const file = fileOf(opened);
  const today = calendarDay(use.now);
  let read = 0;
  let turnBegan = performance.now();
  let good: PatientInput[] = [];
  const { rows } = file.table(encoding, (bytes) => (read = bytes));
  for (const row of rows) {
    const patient = row.kind === 'blank' ? undefined : noteRow(opened, row, checkRow(row, mapping, today));
    if (patient !== undefined) {
      if (use.isDuplicate(patient)) opened.report.possibleDuplicates += 1;
      good.push(patient);
    }
    if (good.length < batchSize && performance.now() - turnBegan < longestTurn) continue;
    if (good.length === batchSize) {
      use.take(good);
      good = [];
    }
    job.progress(read, file.size);
    await job.pause();
    turnBegan = performance.now();
  }
  if (good.length > 0) use.take(good);
  job.progress(file.size, file.size);
}

type FilledRow = Exclude<TableRow, { kind: 'blank' }>;

const checkRow = (row: FilledRow, mapping: ImportMapping, today: string): CheckedRow =>
  row.kind === 'cells' ? checkPatientRow(row.cells, mapping, today) : { issues: row.issues };

/** Counts a row as good or lists it as bad, and answers the patient of a good one. */
function noteRow(opened: OpenImport, { row }: FilledRow, { patient, issues }: CheckedRow): PatientInput | undefined {
  opened.report.rows += 1;
  if (patient === undefined) opened.addProblem(row, issues);
  else opened.report.good += 1;
  return patient;
}

/** Finds rows that may be somebody who is in the store already, or further up in the file. */
export async function duplicateFinder(store: Store, job: RunningJob): Promise<(patient: PatientInput) => boolean> {
  const seen = new SeenTexts();
  const isRepeated = (person: Identity) => duplicateKeys(person).map((key) => seen.add(key)).includes(true);
  for (const page of identities(store.connection)) {
    page.forEach(isRepeated);
    await job.pause();
  }
  return isRepeated;
}
