import { NumberInput, SimpleGrid, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { ReferenceField, ReferencesField } from '../resources/reference-field.tsx';
import type { SolveValues } from './solve-values.ts';
import { TrendGrowth } from './trend-growth.tsx';

/** Changes that are tried and not made. */
export function WhatIfFields({ form }: { form: UseFormReturnType<SolveValues> }) {
  const { t } = useTranslation();
  const manages = useMay()('resource.manage');
  const { drain, lose, addLike } = form.getValues();
  return (
    <div role="group" aria-label={t('placements.whatIf')}>
      <Text size="sm" fw={500}>
        {t('placements.whatIf')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t('placements.whatIfHint')}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
        <ReferencesField collection="hosts" label={t('placements.drain')} value={drain} onChange={(ids) => form.setFieldValue('drain', ids)} />
        <ReferencesField collection="hosts" label={t('placements.lose')} value={lose} onChange={(ids) => form.setFieldValue('lose', ids)} />
        <ReferenceField collection="hosts" label={t('placements.addLike')} value={addLike} onChange={(id) => form.setFieldValue('addLike', id)} />
        <NumberInput label={t('placements.addCount')} min={1} max={1000} hideControls disabled={addLike === ''} {...form.getInputProps('addCount')} />
        <div>
          <NumberInput label={t('placements.growth')} min={-90} max={1000} hideControls {...form.getInputProps('growthPercent')} />
          {manages && <TrendGrowth onGrowth={(percent) => form.setFieldValue('growthPercent', percent)} />}
        </div>
      </SimpleGrid>
    </div>
  );
}
