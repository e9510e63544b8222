import type { TFunction } from 'i18next';
import type { patients } from '../../../shared/i18n/en/patients.ts';
import type { PatientContent } from '../../../shared/schema/patient.ts';
import type { ReadableField } from '../versions/field-differences.ts';

/** A patient as labelled lines of text, every field that can change, for comparing versions. */
export function readablePatient(patient: PatientContent, t: TFunction): ReadableField[] {
  const { emergencyContact: contact } = patient;
  return [
    line('name', patient.name),
    { ...line('gender', t(`patients.gender.${patient.gender}`)), whole: true },
    { ...line('birthday', patient.birthday ?? estimatedBirth(patient.estimatedBirthYear)), whole: true },
    { ...line('nationalId', patient.nationalId), whole: true },
    { ...line('insuranceNumber', patient.insuranceNumber), whole: true },
    { ...line('phone', patient.phone), whole: true },
    line('address', patient.address),
    line('emergencyContactName', contact?.name),
    line('emergencyContactRelationship', contact?.relationship),
    { ...line('emergencyContactPhone', contact?.phone), whole: true },
    { ...line('photo', photoText(patient.photo, t)), whole: true },
    line('notes', patient.notes),
  ];

  function line(field: Exclude<keyof PatientLabels, 'age'>, text = ''): ReadableField {
    return { field, label: t(`patients.field.${field}`), text };
  }
}

type PatientLabels = (typeof patients)['field'];

const estimatedBirth = (year: number | undefined) => (year === undefined ? '' : `≈ ${String(year)}`);

/** Pictures are not compared by eye here: two different ones get different marks. */
function photoText(photo: string | undefined, t: TFunction): string {
  if (photo === undefined) return '';
  return t('versions.photoPresent', { mark: `${photo.length.toString(36)}-${photo.slice(-12, -4)}` });
}
