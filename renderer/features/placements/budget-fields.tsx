import { NumberInput, SimpleGrid, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { resourceDimensions } from '../../../shared/schema/resource-amounts.ts';
import type { SolveValues } from './solve-values.ts';

const units = { cpu: 'threads', memory: 'gibibytes', disk: 'gibibytes', bandwidth: 'megabits' } as const;

/** How much may be handed out in all to the machines that are worth most. */
export function BudgetFields({ form }: { form: UseFormReturnType<SolveValues> }) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={t('placements.budget')}>
      <Text size="sm" fw={500}>
        {t('placements.budget')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t('placements.budgetHint')}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        {resourceDimensions.map((dimension) => (
          <NumberInput
            key={dimension} hideControls min={0} label={t('cloud.withUnit', { name: t(`resources.dimension.${dimension}`), unit: t(`cloud.unit.${units[dimension]}`) })}
            allowDecimal={dimension === 'memory'} {...form.getInputProps(`budget.${dimension}`)}
          />
        ))}
      </SimpleGrid>
    </div>
  );
}
