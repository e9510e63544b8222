import { Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgeLabel } from '../patients/use-age-label.ts';
import { useFind } from '../patients/use-find.ts';

export interface ChosenPatient {
  id: string;
  label: string;
}

/** Finds one patient as it is typed, in a form. */
export function PatientChoice({ value, onChange, error }: { value: ChosenPatient | undefined; onChange: (patient: ChosenPatient | undefined) => void; error?: ReactNode }) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const [typed, setTyped] = useState(value?.label ?? '');
  const [opened, setOpened] = useState(false);
  const { hits, answered } = useFind(typed === value?.label ? '' : typed);
  const options = hits.slice(0, 10).map((hit) => ({ value: hit.id, label: [hit.name, t(`patients.gender.${hit.gender}`), ageLabel(hit), hit.medicalRecordNumber].filter(Boolean).join(' · ') }));
  const data = value === undefined || options.some((option) => option.value === value.id) ? options : [{ value: value.id, label: value.label }, ...options];
  return (
    <Select
      label={t('appointments.patient')}
      placeholder={t('appointments.patientHint')}
      required
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('patients.find.clear') }}
      // The backend has found them already, by pinyin and number too.
      filter={({ options: found }) => found}
      selectFirstOptionOnChange
      // A list that is open with nothing in it is not seen, and takes the Escape that was to close the form.
      openOnFocus={false}
      dropdownOpened={opened && (data.length > 0 || answered)}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      data={data}
      value={value?.id ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onChange(data.filter((option) => option.value === id).map(({ value: chosen, label }) => ({ id: chosen, label }))[0])}
      nothingFoundMessage={answered ? t('appointments.nobodyFound') : undefined}
      error={error}
    />
  );
}
