import { Checkbox, Group } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { modelNames, type ModelName } from '../../../shared/scheduling/models.ts';

/** Which models are asked; `input` as the form's `getInputProps` gives it. */
export function ModelsField({ input }: { input: GetInputPropsReturnType }) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group label={t('placements.models')} {...input}>
      <Group gap="lg" mt={4}>
        {modelNames.map((name) => (
          <Checkbox key={name} value={name} label={t(`placements.model.${name}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

/** In the order of promise, whatever the order of the ticks. */
export const inOrder = (models: readonly ModelName[]): ModelName[] => modelNames.filter((name) => models.includes(name));

/** What a form of this kind says to a choice of models, and to the seconds that each may take. */
export const askedIssues = (t: TFunction) => ({
  models: (models: readonly ModelName[]) => (models.length === 0 ? t('placements.noModel') : null),
  seconds: (seconds: number | string) => (Number(seconds) >= 0.1 && Number(seconds) <= 3600 ? null : t('issue.out-of-range')),
});
