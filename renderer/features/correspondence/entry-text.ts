import type { TFunction } from 'i18next';
import { conflictField, fieldLabel } from '../../../shared/conflicts/conflict-fields.ts';
import type { SharedChartContent } from '../../../shared/schema/shared-chart.ts';
import { timeText } from '../versions/time-text.ts';
import { clinicalValueText, valueText } from '../conflicts/conflict-values.ts';

type Entry = SharedChartContent['entries'][number];

/** What each kind of entry says, in the order in which it is read. */
const fields: Record<Entry['collection'], readonly string[]> = {
  allergyIntolerances: ['code', 'reaction', 'criticality', 'clinicalStatus', 'verificationStatus', 'note'],
  conditions: ['code', 'clinicalStatus', 'verificationStatus', 'onsetDateTime', 'abatementDateTime', 'note'],
  observations: ['code', 'valueQuantity', 'valueString', 'effectiveDateTime', 'note'],
  medicationRequests: ['medicationCodeableConcept', 'doseQuantity', 'quantity', 'status', 'note'],
  serviceRequests: ['code', 'status', 'note'],
  immunizations: ['vaccineCode', 'occurrenceDateTime', 'doseNumber', 'lotNumber', 'note'],
  medicalRecords: ['admissionDate', 'dischargeDate', 'kind', 'department', 'doctorName', 'chiefComplaint', 'diagnosis', 'treatment', 'prescription'],
};
const isInstant = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

/** An entry of another site's chart on one line, with who wrote it and when. */
export function entryText({ collection, content, updatedAt }: Entry, t: TFunction): string {
  const parts = fields[collection].flatMap((name) => textOf(collection, name, content[name], t));
  const recorder = content['recorderName'] ?? content['doctorName'];
  return [...parts, t('correspondence.recordedBy', { name: String(recorder ?? ''), time: timeText(String(content['recordedDate'] ?? updatedAt)) })].join(' · ');
}

function textOf(collection: Entry['collection'], name: string, value: unknown, t: TFunction): string[] {
  if (value === undefined || value === null || value === '') return [];
  if (isInstant(value)) return [timeText(value)];
  const field = conflictField(collection, name);
  const text = clinicalValueText(value, t) ?? valueText(field, value, t);
  if (text === '') return [];
  // `high` alone says nothing of what is high.
  return [field.kind === 'choice' ? `${fieldLabel(collection, name, t)}: ${text}` : text];
}
