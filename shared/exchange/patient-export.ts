import { importFields, type ImportField } from '../contract/exchange.ts';
import type { PatientContent } from '../schema/patient.ts';
import type { Language } from '../schema/setting.ts';
import { genderName, patientColumns } from './patient-columns.ts';

/** An age is as old as its file; the birthday and the birth year travel instead. Photos do not fit a cell. */
const exportedFields = importFields.filter((field): field is Exclude<ImportField, 'age'> => field !== 'age');

const medicalRecordNumber: Readonly<Record<Language, string>> = { zh: '病案号', en: 'Medical record number' };

/** The header of an export; an import in either language knows its columns again. */
export const patientHeader = (language: Language): string[] => [
  medicalRecordNumber[language],
  ...exportedFields.map((field) => patientColumns[field][language][0]),
];

/** A patient's cells under {@link patientHeader}. */
export function patientCells(patient: PatientContent, language: Language): string[] {
  const { emergencyContact: contact } = patient;
  const values: Record<(typeof exportedFields)[number], string | number | undefined> = {
    name: patient.name,
    gender: genderName(patient.gender, language),
    birthday: patient.birthday,
    estimatedBirthYear: patient.estimatedBirthYear,
    address: patient.address,
    phone: patient.phone,
    nationalId: patient.nationalId,
    insuranceNumber: patient.insuranceNumber,
    emergencyContactName: contact?.name,
    emergencyContactRelationship: contact?.relationship,
    emergencyContactPhone: contact?.phone,
    notes: patient.notes,
  };
  return [patient.medicalRecordNumber, ...exportedFields.map((field) => String(values[field] ?? ''))];
}
