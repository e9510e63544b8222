import type { TFunction } from 'i18next';
import type { PatientContent } from '../../../shared/schema/patient.ts';
import type { ReadableField } from '../versions/field-differences.ts';

/** A patient as labelled lines of text, every field that can change, for comparing versions. */
export function readablePatient(patient: PatientContent, t: TFunction): ReadableField[] {
  const { emergencyContact: contact } = patient;
  return [
    line('name', patient.name),
    line('gender', t(`patients.gender.${patient.gender}`)),
    line('birthday', patient.birthday ?? estimatedBirth(patient.estimatedBirthYear)),
    line('nationalId', patient.nationalId),
    line('insuranceNumber', patient.insuranceNumber),
    line('phone', patient.phone),
    line('address', patient.address),
    line('emergencyContactName', contact?.name),
    line('emergencyContactRelationship', contact?.relationship),
    line('emergencyContactPhone', contact?.phone),
    line('photo', photoText(patient.photo, t)),
    line('notes', patient.notes),
  ];

  function line(field: Exclude<keyof PatientLabels, 'age'>, text = ''): ReadableField {
    return { field, label: t(`patients.field.${field}`), text };
  }
}

type PatientLabels = (typeof import('../../../shared/i18n/en/patients.ts'))['patients']['field'];

const estimatedBirth = (year: number | undefined) => (year === undefined ? '' : `≈ ${String(year)}`);

/** Pictures are not compared by eye here: two different ones get different marks. */
function photoText(photo: string | undefined, t: TFunction): string {
  if (photo === undefined) return '';
  return t('versions.photoPresent', { mark: `${photo.length.toString(36)}-${photo.slice(-12, -4)}` });
}
