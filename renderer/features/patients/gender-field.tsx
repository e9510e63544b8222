import { Group, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { genders } from '../../../shared/schema/patient.ts';
import type { PatientFormState } from './patient-form-values.ts';

export function GenderField({ form }: { form: PatientFormState }) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('patients.field.gender')} withAsterisk {...form.getInputProps('gender')}>
      <Group gap="md" mt={6} mb={4}>
        {genders.map((gender) => (
          <Radio key={gender} value={gender} label={t(`patients.gender.${gender}`)} />
        ))}
      </Group>
    </Radio.Group>
  );
}
