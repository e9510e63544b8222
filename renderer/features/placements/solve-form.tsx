import { Button, Group, NumberInput, Paper, Select, Stack, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../../shared/contract/index.ts';
import { placementObjectives } from '../../../shared/resources/placement/options.ts';
import type { ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { askedIssues, inOrder, ModelsField } from '../solver-runs/models-field.tsx';
import { BudgetFields } from './budget-fields.tsx';
import { budgetOf, isBudget, usual, whatIfOf, type BudgetValues, type SolveValues } from './solve-values.ts';
import { WhatIfFields } from './what-if-fields.tsx';

/** What is to be solved, by which models, and under which supposed changes. */
export function SolveForm({ busy, onStarted }: { busy: boolean; onStarted: (jobId: string) => void }) {
  const { t } = useTranslation();
  const solve = useCallMutation('placements.solve');
  const amount = (dimension: ResourceDimension) => (value: BudgetValues[ResourceDimension]) => (isBudget(dimension, value) ? null : t('issue.out-of-range'));
  const form = useForm<SolveValues>({
    initialValues: usual,
    validate: {
      ...askedIssues(t),
      bandwidth: (bandwidth) => (Number(bandwidth) >= 1 ? null : t('issue.out-of-range')),
      growthPercent: (percent) => (percent !== '' && Number(percent) >= -90 && Number(percent) <= 1000 ? null : t('issue.out-of-range')),
      budget: { cpu: amount('cpu'), memory: amount('memory'), disk: amount('disk'), bandwidth: amount('bandwidth') },
    },
  });
  const submit = form.onSubmit((values) => solve.mutate(inputOf(values), { onSuccess: ({ id }) => onStarted(id) }));
  return (
    <Paper withBorder p="md" component="section" aria-label={t('placements.solve')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Group gap="md" align="flex-start">
            <Select label={t('placements.objective')} w="17rem" allowDeselect={false} data={placementObjectives.map((value) => ({ value, label: t(`placements.objectives.${value}`) }))} {...form.getInputProps('objective')} />
            <NumberInput label={t('placements.seconds')} w="11rem" min={0.1} max={3600} hideControls {...form.getInputProps('seconds')} />
            <NumberInput label={t('placements.bandwidth')} w="11rem" min={1} hideControls {...form.getInputProps('bandwidth')} />
          </Group>
          <ModelsField input={form.getInputProps('models')} />
          <Switch label={t('placements.reserve')} {...form.getInputProps('reserve', { type: 'checkbox' })} />
          {form.getValues().objective === 'profit' && <BudgetFields form={form} />}
          <WhatIfFields form={form} />
          {solve.error && <ErrorNotice error={solve.error} />}
          <Group>
            <Button type="submit" leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={solve.isPending} disabled={busy}>
              {t('placements.start')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

const inputOf = (values: SolveValues): CallInput<'placements.solve'> => ({
  options: { objective: values.objective, bandwidth: Number(values.bandwidth), reserve: values.reserve ? 'one-host' : 'none', budget: budgetOf(values) },
  models: inOrder(values.models),
  secondsPerModel: Number(values.seconds),
  whatIf: whatIfOf(values),
});
