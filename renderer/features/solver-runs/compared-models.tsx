import { Alert, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import type { ModelName } from '../../../shared/scheduling/models.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import type { AnyCourse } from './any-course.ts';
import { ModelTable, type ModelTableProps } from './model-table.tsx';
import { ModelTraces } from './model-traces.tsx';

interface ComparedModelsProps<Course extends AnyCourse> extends Omit<ModelTableProps<Course>, 'ended'> {
  job: Job | undefined;
  outdated: boolean;
  /** What is being done, and what was asked for. */
  solving: string;
  asked: string;
  /** Whether the greater value is the better one. */
  greaterIsBetter: boolean;
  onBusy: (busy: boolean) => void;
  answer: (course: Course) => ReactNode;
}

/** A run: its models side by side while they work, how they came there, and what each of them answers. */
export function ComparedModels<Course extends AnyCourse>({ job, outdated, solving, asked, greaterIsBetter, onBusy, answer, ...table }: ComparedModelsProps<Course>) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ModelName>();
  const running = job?.state === 'running';
  useEffect(() => {
    onBusy(running);
    return () => onBusy(false);
  }, [running, onBusy]);
  const answered = table.courses.filter((course) => course.answer);
  const shown = answered.find(({ model }) => model === chosen) ?? bestOf(answered, greaterIsBetter);
  return (
    <Stack gap="md">
      {job && job.state !== 'done' && <JobProgress job={job} label={solving} cancellable />}
      {outdated && !running && <Alert color="yellow">{t('placements.outdated')}</Alert>}
      <Stack component="section" gap="xs" aria-label={t('placements.compared')}>
        <Title order={2} size="h4">
          {t('placements.compared')}
        </Title>
        <Text size="sm" c="dimmed">
          {asked}
        </Text>
        <ModelTable {...table} ended={job?.state === 'cancelled' || job?.state === 'failed'} />
        <ModelTraces courses={table.courses} valueText={table.valueText} />
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
          {answer(shown)}
        </Stack>
      )}
    </Stack>
  );
}

/** The model whose answer is shown first: the best value, and of equal ones the last, which is the portfolio's. */
function bestOf<Course extends AnyCourse>(answered: readonly Course[], greaterIsBetter: boolean): Course | undefined {
  const worth = ({ answer }: Course) => (answer?.value == null ? Number.NEGATIVE_INFINITY : greaterIsBetter ? answer.value : -answer.value);
  return answered.reduce<Course | undefined>((best, course) => (best === undefined || worth(course) >= worth(best) ? course : best), undefined);
}
