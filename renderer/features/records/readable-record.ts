import type { TFunction } from 'i18next';
import type { records } from '../../../shared/i18n/en/records.ts';
import type { MedicalRecordContent } from '../../../shared/schema/medical-record.ts';
import type { ReadableField } from '../versions/field-differences.ts';
import { timeText } from '../versions/time-text.ts';

/** A record as labelled lines of text, every field that can change, for comparing versions. */
export function readableRecord(record: MedicalRecordContent, t: TFunction): ReadableField[] {
  const { signature, amendments = [] } = record;
  const reasons = amendments.map(({ name, at, reason }) => `${t('records.view.amendedBy', { name, time: timeText(at) })}\n${reason}`);
  return [
    { ...line('status', t(`records.status.${record.status}`)), whole: true },
    { ...line('kind', t(`records.kind.${record.kind}`)), whole: true },
    line('department', record.department),
    { ...line('doctor', record.doctorName), whole: true },
    { ...line('admissionDate', record.admissionDate), whole: true },
    { ...line('dischargeDate', record.dischargeDate), whole: true },
    line('chiefComplaint', record.chiefComplaint),
    line('diagnosis', record.diagnosis),
    line('treatment', record.treatment),
    line('prescription', record.prescription),
    line('signature', signature && t('records.view.signedBy', { name: signature.name, time: timeText(signature.at) })),
    line('amendments', reasons.join('\n\n')),
  ];

  function line(field: keyof RecordLabels, text = ''): ReadableField {
    return { field, label: t(`records.field.${field}`), text };
  }
}

type RecordLabels = (typeof records)['field'];
