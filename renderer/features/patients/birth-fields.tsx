import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ageOn } from '../../../shared/patients/age.ts';
import { ageText } from './age-text.ts';
import { readDay, today } from './calendar-day.ts';
import { DayInput, dayInputProps } from './day-input.tsx';
import classes from './patient-form.module.css';
import type { PatientFormState } from './patient-form-values.ts';

/** The birthday, or the age of somebody who does not know it; the age next to a birthday is only shown. */
export function BirthFields({ form }: { form: PatientFormState }) {
  const { t } = useTranslation();
  const { birthday } = form.values;
  const age = useAgeOfTypedDay(birthday);
  return (
    <div className={classes.halves}>
      <DayInput
        label={t('patients.field.birthday')}
        description={age ?? t('patients.form.birthdayHint')}
        {...dayInputProps(form, 'birthday')}
      />
      <TextInput
        label={t('patients.field.age')}
        description={t(birthday.trim() === '' ? 'patients.form.ageHint' : 'patients.form.ageFromBirthday')}
        inputMode="numeric"
        autoComplete="off"
        disabled={birthday.trim() !== ''}
        {...form.getInputProps('age')}
      />
    </div>
  );
}

/** `1980-05-31 · 46 y` for a typed birthday that was understood. */
function useAgeOfTypedDay(typed: string): string | undefined {
  const { t } = useTranslation();
  const day = readDay(typed);
  const age = day === undefined ? undefined : ageOn({ birthday: day }, today());
  if (day === undefined || age === undefined) return undefined;
  const { key, params } = ageText(age);
  return t('patients.form.birthdayRead', { day, age: t(`patients.age.${key}`, params) });
}
