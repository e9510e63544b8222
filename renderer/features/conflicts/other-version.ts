import type { ConflictRow } from '../../../shared/contract/sync.ts';
import type { MedicalRecordInput } from '../../../shared/schema/medical-record.ts';
import { recordToForm, type RecordFormValues } from '../records/record-form-values.ts';

/**
 * The record's form with what the conflict did not keep: the other version where two whole ones clashed (one of them
 * signed), else the record as it stands with the other value in each field that clashed before it was signed.
 */
export function otherVersion({ clashes }: Pick<ConflictRow, 'clashes'>, record: MedicalRecordInput): RecordFormValues {
  const others = clashes.map(({ path, values, kept }) => ({ path, value: values[kept === 0 ? 1 : 0].value }));
  const whole = others.find(({ path }) => path === '');
  // A document's content passed its schema before it was stored.
  const values = recordToForm((whole?.value as MedicalRecordInput | undefined) ?? record);
  const replaced = others.filter(({ path, value }) => path in values && typeof value === 'string').map(({ path, value }) => [path, value]);
  return { ...values, ...(Object.fromEntries(replaced) as Partial<RecordFormValues>) };
}
