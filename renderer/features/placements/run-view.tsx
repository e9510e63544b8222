import { Alert, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRun, PlacementRun } from '../../../shared/contract/placements.ts';
import type { ModelName } from '../../../shared/scheduling/models.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { ModelAnswer } from './model-answer.tsx';
import { ModelTable } from './model-table.tsx';
import { ModelTraces } from './model-traces.tsx';
import { useRun } from './use-run.ts';

/** A run: its models side by side while they work, and what each of them answers. */
export function RunView({ jobId, onBusy }: { jobId: string; onBusy: (busy: boolean) => void }) {
  const { t } = useTranslation();
  const { run, job, error } = useRun(jobId);
  const [chosen, setChosen] = useState<ModelName>();
  const running = job?.state === 'running';
  useEffect(() => {
    onBusy(running);
    return () => onBusy(false);
  }, [running, onBusy]);
  if (error) return <ErrorNotice error={error} />;
  if (!run) return null;
  const answered = run.models.filter(({ answer }) => answer);
  const shown = answered.find(({ model }) => model === chosen) ?? bestOf(run, answered);
  return (
    <Stack gap="md">
      {job && running && <JobProgress job={job} label={t('placements.solving', { hosts: run.hosts, machines: run.machines })} cancellable />}
      {run.outdated && !running && <Alert color="yellow">{t('placements.outdated')}</Alert>}
      <Stack component="section" gap="xs" aria-label={t('placements.compared')}>
        <Title order={2} size="h4">
          {t('placements.compared')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('placements.asked', { objective: t(`placements.objectives.${run.options.objective}`), hosts: run.hosts, machines: run.machines })}
        </Text>
        <ModelTable run={run} />
        <ModelTraces run={run} />
      </Stack>
      {shown && (
        <Stack component="section" gap="xs" aria-label={t('placements.answer')}>
          <Title order={2} size="h4">
            {t('placements.answer')}
          </Title>
          {answered.length > 1 && (
            <SegmentedControl
              style={{ alignSelf: 'flex-start' }}
              size="xs"
              aria-label={t('placements.answerOf')}
              data={answered.map(({ model }) => ({ value: model, label: t(`placements.model.${model}`) }))}
              value={shown.model}
              onChange={(value) => setChosen(value as ModelName)}
            />
          )}
          <ModelAnswer key={shown.model} run={run} model={shown} />
        </Stack>
      )}
    </Stack>
  );
}

/** The model whose answer is shown first: the best value, and of equal ones the last, which is the portfolio's. */
function bestOf({ options }: PlacementRun, answered: readonly ModelRun[]): ModelRun | undefined {
  const worth = ({ answer }: ModelRun) => {
    const value = answer?.value;
    if (value === null || value === undefined) return Number.NEGATIVE_INFINITY;
    return options.objective === 'profit' ? value : -value;
  };
  return answered.reduce<ModelRun | undefined>((best, model) => (best === undefined || worth(model) >= worth(best) ? model : best), undefined);
}
