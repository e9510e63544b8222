import { Alert, Button, Group, NumberInput, Paper, Select, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { taskObjectives } from '../../../shared/resources/tasks/problem.ts';
import { modelNames, type ModelName } from '../../../shared/scheduling/models.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CloudSections } from '../resources/cloud-sections.tsx';
import { ScheduleView } from './schedule-view.tsx';

/** When and where the tasks run: a schedule by one of the models, as bars and in figures. */
export function ScheduleScreen() {
  const { t } = useTranslation();
  const last = useCall('schedules.last', {});
  const solve = useCallMutation('schedules.solve');
  const [running, setRunning] = useState(false);
  const start = (wanted: Parameters<typeof solve.mutate>[0]) => solve.mutate(wanted, { onSuccess: () => setRunning(true) });
  function ended() {
    setRunning(false);
    void last.refetch();
  }
  return (
    <Page wide>
      <PageHeader title={t('schedules.title')} description={t('schedules.intro')} actions={<CloudSections />} />
      <ScheduleForm busy={solve.isPending || running} onStart={start} />
      {solve.error && <ErrorNotice error={solve.error} />}
      {running && solve.data && <JobProgress key={solve.data.id} job={solve.data} label={t('schedules.solving')} cancellable onEnd={ended} />}
      {last.error && <ErrorNotice error={last.error} />}
      {last.data === null && !running && (
        <Text size="sm" c="dimmed">
          {t('schedules.none')}
        </Text>
      )}
      {last.data?.answer && <ScheduleView run={last.data} answer={last.data.answer} />}
      {last.data && !last.data.answer && !running && <Alert color="gray">{t('schedules.stopped')}</Alert>}
    </Page>
  );
}

type Objective = (typeof taskObjectives)[number];

function ScheduleForm({ busy, onStart }: { busy: boolean; onStart: (wanted: { objective: Objective; model: ModelName; seconds: number }) => void }) {
  const { t } = useTranslation();
  const [objective, setObjective] = useState<Objective>('makespan');
  const [model, setModel] = useState<ModelName>('portfolio');
  const [seconds, setSeconds] = useState<number | string>(10);
  const possible = Number(seconds) >= 0.1 && Number(seconds) <= 3600;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('schedules.solve')}>
      <Group gap="md" align="flex-end">
        <Select label={t('placements.objective')} w="14rem" allowDeselect={false} data={taskObjectives.map((value) => ({ value, label: t(`schedules.objectives.${value}`) }))} value={objective} onChange={(value) => setObjective(value as Objective)} />
        <Select label={t('placements.modelName')} w="14rem" allowDeselect={false} data={modelNames.map((value) => ({ value, label: t(`placements.model.${value}`) }))} value={model} onChange={(value) => setModel(value as ModelName)} />
        <NumberInput label={t('schedules.seconds')} w="10rem" min={0.1} max={3600} hideControls error={!possible} value={seconds} onChange={setSeconds} />
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={busy} disabled={!possible} onClick={() => onStart({ objective, model, seconds: Number(seconds) })}>
          {t('placements.start')}
        </Button>
      </Group>
    </Paper>
  );
}
