import { Button, Group, NumberInput, Paper, Select, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { taskObjectives, type TaskOptions } from '../../../shared/resources/tasks/problem.ts';
import { modelNames, type ModelName } from '../../../shared/scheduling/models.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { askedIssues, inOrder, ModelsField } from '../solver-runs/models-field.tsx';

interface ScheduleValues {
  objective: TaskOptions['objective'];
  models: ModelName[];
  seconds: number | string;
}

const usual: ScheduleValues = { objective: 'makespan', models: [...modelNames], seconds: 10 };

/** What the schedule is to reach, by which models, and how long each may take. */
export function ScheduleForm({ busy, onStarted }: { busy: boolean; onStarted: (jobId: string) => void }) {
  const { t } = useTranslation();
  const solve = useCallMutation('schedules.solve');
  const form = useForm<ScheduleValues>({ initialValues: usual, validate: askedIssues(t) });
  const submit = form.onSubmit(({ objective, models, seconds }) =>
    solve.mutate({ objective, models: inOrder(models), secondsPerModel: Number(seconds) }, { onSuccess: ({ id }) => onStarted(id) }));
  return (
    <Paper withBorder p="md" component="section" aria-label={t('placements.solve')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Group gap="md" align="flex-start">
            <Select label={t('placements.objective')} w="17rem" allowDeselect={false} data={taskObjectives.map((value) => ({ value, label: t(`schedules.objectives.${value}`) }))} {...form.getInputProps('objective')} />
            <NumberInput label={t('placements.seconds')} w="11rem" min={0.1} max={3600} hideControls {...form.getInputProps('seconds')} />
          </Group>
          <ModelsField input={form.getInputProps('models')} />
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
