import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useAgeLabel } from '../patients/use-age-label.ts';
import { Facts } from './sheet.tsx';
import classes from './sheet.module.css';

/** Who the sheet is about, with the notes that warn whoever reads it. */
export function PatientFacts({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const { emergencyContact: contact, notes } = patient;
  return (
    <>
      <Facts
        facts={[
          [t('patients.field.name'), patient.name],
          [t('patients.field.medicalRecordNumber'), patient.medicalRecordNumber],
          [t('patients.field.gender'), t(`patients.gender.${patient.gender}`)],
          [t('patients.field.age'), ageLabel(patient)],
          [t('patients.field.birthday'), patient.birthday],
          [t('patients.field.phone'), patient.phone],
          [t('patients.field.nationalId'), patient.nationalId],
          [t('patients.field.insuranceNumber'), patient.insuranceNumber],
          [t('patients.field.address'), patient.address],
          [t('patients.field.emergencyContact'), contact && [contact.name, contact.relationship, contact.phone].filter(Boolean).join(' · ')],
        ]}
      />
      {notes !== undefined && (
        <p className={classes.alert}>
          <strong>{t('patients.field.notes')}</strong> {notes}
        </p>
      )}
    </>
  );
}
