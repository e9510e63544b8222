import { useTranslation } from 'react-i18next';
import { ageOn } from '../../../shared/patients/age.ts';
import type { PatientInput } from '../../../shared/schema/patient.ts';
import { ageText } from './age-text.ts';
import { today } from './calendar-day.ts';

type Birth = Pick<PatientInput, 'birthday' | 'estimatedBirthYear'>;

/** Says a person's age today, or on the day of a sheet; computed anew with every drawing, never stored. */
export function useAgeLabel(): (birth: Birth, day?: string) => string {
  const { t } = useTranslation();
  return (birth, day = today()) => {
    const age = ageOn(birth, day);
    if (!age) return t('patients.age.unknown');
    const { key, params } = ageText(age);
    return t(`patients.age.${key}`, params);
  };
}
