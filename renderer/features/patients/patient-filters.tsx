import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { genders, type Gender } from '../../../shared/schema/patient.ts';
import { usePatientsView } from './patients-view.ts';

/** Narrows the list down by gender and by age in completed years. */
export function PatientFilters() {
  const { t } = useTranslation();
  const [{ gender, ageFrom, ageTo }, change] = usePatientsView();
  const filtered = gender !== null || ageFrom !== '' || ageTo !== '';
  const choices = [{ value: '', label: t('patients.list.anyGender') }, ...genders.map((value) => ({ value, label: t(`patients.gender.${value}`) }))];
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        size="xs"
        label={t('patients.list.gender')}
        data={choices}
        value={gender ?? ''}
        onChange={(event) => change({ gender: genderOf(event.currentTarget.value) })}
      />
      <AgeInput label={t('patients.list.ageFrom')} value={ageFrom} onChange={(typed) => change({ ageFrom: typed })} />
      <AgeInput label={t('patients.list.ageTo')} value={ageTo} onChange={(typed) => change({ ageTo: typed })} />
      {filtered && (
        <Button size="xs" variant="subtle" onClick={() => change({ gender: null, ageFrom: '', ageTo: '' })}>
          {t('patients.list.clearFilters')}
        </Button>
      )}
    </Group>
  );
}

const genderOf = (value: string): Gender | null => genders.find((gender) => gender === value) ?? null;

function AgeInput({ label, value, onChange }: { label: string; value: string; onChange(typed: string): void }) {
  return (
    <TextInput
      size="xs"
      w="5rem"
      label={label}
      inputMode="numeric"
      autoComplete="off"
      maxLength={3}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replaceAll(/\D/g, ''))}
    />
  );
}
