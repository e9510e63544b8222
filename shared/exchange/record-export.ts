import { resources } from '../i18n/index.ts';
import type { MedicalRecordContent } from '../schema/medical-record.ts';
import type { Language } from '../schema/setting.ts';

export interface RecordOfPatient {
  record: MedicalRecordContent;
  patientName: string;
  medicalRecordNumber: string;
}

export function recordHeader(language: Language): string[] {
  const { patients, records } = resources[language].translation;
  const { kind, status, department, doctor, chiefComplaint, diagnosis, treatment, prescription, admissionDate, dischargeDate, signature, amendments } =
    records.field;
  return [
    patients.field.medicalRecordNumber, patients.field.name, kind, status, department, doctor, admissionDate, dischargeDate,
    chiefComplaint, diagnosis, treatment, prescription, signature, amendments,
  ];
}

/** A record's cells under {@link recordHeader}; instants in UTC, ISO 8601. */
export function recordCells({ record, patientName, medicalRecordNumber }: RecordOfPatient, language: Language): string[] {
  const { records } = resources[language].translation;
  const { signature, amendments = [] } = record;
  return [
    medicalRecordNumber, patientName, records.kind[record.kind], records.status[record.status], record.department, record.doctorName,
    record.admissionDate, record.dischargeDate ?? '',
    record.chiefComplaint, record.diagnosis ?? '', record.treatment ?? '', record.prescription ?? '',
    signature === undefined ? '' : `${signature.name} ${signature.at}`,
    amendments.map(({ name, at, reason }) => `${name} ${at}: ${reason}`).join('\n'),
  ];
}
