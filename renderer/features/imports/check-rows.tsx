import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { ImportFindings } from './import-findings.tsx';

export type ImportPlan = CallInput<'imports.dryRun'>;

interface CheckRowsProps {
  plan: ImportPlan;
  /** The dry run. */
  job: Job;
  onRunning: (job: Job) => void;
  onBack: () => void;
}

/** The dry run and what it found; nothing is imported before somebody has seen it. */
export function CheckRows({ plan, job, onRunning, onBack }: CheckRowsProps) {
  const { t } = useTranslation();
  const [ended, setEnded] = useState<Job>();
  const report = useQuery({ ...callQuery('imports.report', { importId: plan.importId }), enabled: ended?.state === 'done', gcTime: 0 });
  const good = report.data?.good ?? 0;
  const run = useCallMutation('imports.run');
  return (
    <Stack gap="md">
      <JobProgress job={job} label={t('imports.checking')} cancellable onEnd={setEnded} />
      {report.error && <ErrorNotice error={report.error} />}
      {report.data && <ImportFindings importId={plan.importId} report={report.data} />}
      {run.error && <ErrorNotice error={run.error} />}
      <Group justify="space-between">
        <Button variant="default" disabled={ended === undefined} onClick={onBack}>
          {t('common.back')}
        </Button>
        <Button disabled={good === 0} loading={run.isPending} onClick={() => run.mutate(plan, { onSuccess: onRunning })}>
          {t('imports.run', { count: good })}
        </Button>
      </Group>
    </Stack>
  );
}
