import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/contract/job.ts';
import { AppException } from '../../shared/errors.ts';
import { useCallMutation } from '../api/queries.ts';
import { useJob } from '../api/use-job.ts';
import { announce } from '../app/ui-store.ts';
import { ErrorNotice } from './error-notice.tsx';

const colors: Record<Job['state'], string> = { running: 'blue', done: 'green', failed: 'red', cancelled: 'gray' };

interface JobProgressProps {
  /** As the call that started it answered; kept up to date here. */
  job: Job;
  /** What is being done. */
  label: string;
  /** What it comes to when it ends well; “Finished” unless given. */
  doneText?: string;
  cancellable?: boolean;
  /** Called once, when it has ended in any way. */
  onEnd?: (job: Job) => void;
}

/** Long work in sight: how far it is, how it ended, and a way to stop it. */
export function JobProgress({ job: started, label, doneText, cancellable = false, onEnd }: JobProgressProps) {
  const { t } = useTranslation();
  const job = useJob(started);
  const cancel = useCallMutation('jobs.cancel');
  useEnd(job, (ended) => {
    announce(`${label}: ${stateText(ended, t, doneText)}`);
    onEnd?.(ended);
  });
  const running = job.state === 'running';
  return (
    <Stack gap="xs" w="100%">
      <Group justify="space-between" gap="md">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="sm" c="dimmed">
          {stateText(job, t, doneText)}
        </Text>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section value={percent(job)} color={colors[job.state]} animated={running} aria-label={label} aria-valuetext={stateText(job, t, doneText)} />
      </Progress.Root>
      {job.error && job.state === 'failed' && <ErrorNotice error={new AppException(job.error)} />}
      {running && cancellable && (
        <Group justify="flex-end">
          <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate({ jobId: job.id })}>
            {t('common.cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function useEnd(job: Job, onEnd: (job: Job) => void) {
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (job.state === 'running' || told.current === job.id) return;
    told.current = job.id;
    onEnd(job);
  });
}

function stateText(job: Job, t: TFunction, doneText: string = t('components.jobDone')): string {
  switch (job.state) {
    case 'running':
      return job.total > 0 ? t('components.progress', { percent: Math.floor(percent(job)) }) : t('components.jobRunning');
    case 'done':
      return doneText;
    case 'failed':
      return t('components.jobFailed');
    case 'cancelled':
      return t('components.jobCancelled');
  }
}

/** A job of unknown length shows a full, moving bar. */
function percent({ state, done, total }: Job): number {
  if (state === 'done' || total === 0) return 100;
  return Math.min(100, (100 * done) / total);
}
