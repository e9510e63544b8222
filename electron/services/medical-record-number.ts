import { readMeta } from '../storage/meta.ts';
import type { Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';

const counter = 'medicalRecordNumber';

/**
 * The next medical record number, such as `01-000123`: two digits of the workstation, so that two workstations never
 * mint the same one offline, and a counter that moves in the same transaction as the patient.
 */
export function mintMedicalRecordNumber(transaction: Transaction, store: Store): string {
  return mintMedicalRecordNumbers(transaction, store, 1)[0] as string;
}

/** The next so many numbers at once: moving the counter costs as much as a patient. */
export function mintMedicalRecordNumbers(transaction: Transaction, store: Store, count: number): string[] {
  const workstation = readMeta(store.connection, 'workstationNumber') ?? '01';
  const last = transaction.next(counter, count);
  return Array.from({ length: count }, (_, index) => `${workstation}-${String(last - count + 1 + index).padStart(6, '0')}`);
}

/** More patients than a clinic registers between two backups. */
const numbersSkippedByRestore = 10_000;

/**
 * Leaves a gap after a backup was restored: numbers handed out since it was made stand on paper, and must not be given
 * to somebody else.
 */
export function skipNumbersHandedOut(transaction: Transaction): void {
  transaction.next(counter, numbersSkippedByRestore);
}
