import { Button, Group, Modal, SegmentedControl, Stack, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jobStates, type JobState, type QueuedJob, type RunStep } from '../../../shared/sync/resource-protocol.ts';
import type { JobMove } from '../../../shared/sync/move.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { timeText } from '../versions/time-text.ts';

const pageLength = 50;
const mostShown = 1000;

interface QueueJobsDialogProps {
  provider: string;
  queue: string;
  opened: boolean;
  onChanged: () => void;
  onClose: () => void;
}

/** Single jobs of a queue, one state at a time, and what can be done with each. */
export function QueueJobsDialog({ opened, ...props }: QueueJobsDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={props.onClose} size="70rem" title={t('providers.queues.jobs.open', { name: props.queue })} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Jobs {...props} />
    </Modal>
  );
}

function Jobs({ provider, queue, onChanged }: Omit<QueueJobsDialogProps, 'opened' | 'onClose'>) {
  const { t } = useTranslation();
  const [state, setState] = useState<JobState>('failed');
  const [limit, setLimit] = useState(pageLength);
  const [asksWords, setAsksWords] = useState(false);
  const withWords = asksWords && state === 'failed';
  const { data, error, refetch } = useCall('providers.queueJobs', { provider, queue, state, limit, ...(withWords && { withWords }) });
  const choose = (value: string) => {
    setState(value as JobState);
    setAsksWords(false);
    setLimit(pageLength);
  };
  const changed = () => {
    void refetch();
    onChanged();
  };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('providers.queues.jobs.hint')}
      </Text>
      <SegmentedControl style={{ alignSelf: 'flex-start' }} size="xs" aria-label={t('providers.queues.jobs.stateLabel')} data={jobStates.map((value) => ({ value, label: t(`providers.queues.jobs.state.${value}`) }))} value={state} onChange={choose} />
      {state === 'failed' && <Switch label={t('providers.queues.jobs.withWords')} description={t('providers.queues.jobs.wordsHint')} checked={asksWords} onChange={(event) => setAsksWords(event.currentTarget.checked)} />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && 'failure' in data && <Text role="status">{t(`providers.failure.${data.failure}`)}</Text>}
      {data && 'jobs' in data && (
        <>
          <JobTable provider={provider} queue={queue} state={state} withWords={withWords} jobs={data.jobs} onChanged={changed} />
          {data.total > data.jobs.length && (
            <Group gap="sm">
              <Text size="sm">{t('providers.queues.jobs.shown', { shown: data.jobs.length, total: data.total })}</Text>
              {limit < mostShown && (
                <Button size="compact-sm" variant="default" onClick={() => setLimit(Math.min(mostShown, limit * 2))}>
                  {t('providers.queues.jobs.more')}
                </Button>
              )}
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}

const times = { failed: ['queuedAt', 'endedAt'], waiting: ['queuedAt'], delayed: ['queuedAt', 'dueAt'], active: ['queuedAt', 'startedAt'], completed: ['startedAt', 'endedAt'] } as const satisfies Record<JobState, readonly (keyof QueuedJob)[]>;
const kinds: Record<JobState, JobMove['kind'][]> = { failed: ['retry-job', 'remove-job'], waiting: ['remove-job'], delayed: ['promote-job', 'remove-job'], active: [], completed: ['remove-job'] };

interface JobTableProps {
  provider: string;
  queue: string;
  state: JobState;
  withWords: boolean;
  jobs: readonly QueuedJob[];
  onChanged: () => void;
}

function JobTable({ provider, queue, state, withWords, jobs, onChanged }: JobTableProps) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<string>();
  const change = useCallMutation('providers.changeJob');
  const begin = (kind: JobMove['kind'], job: string) => change.mutate({ provider, queue, job, kind }, { onSuccess: () => setRemoving(undefined), onSettled: onChanged });
  if (jobs.length === 0 && !change.data) return <Text size="sm">{t('providers.queues.jobs.none')}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={720}>
        <Table aria-label={t('providers.queues.jobs.open', { name: queue })} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('providers.queues.jobs.id')}</Table.Th>
              <Table.Th>{t('providers.queues.jobs.name')}</Table.Th>
              <Table.Th ta="right">{t('providers.queues.jobs.attempts')}</Table.Th>
              {times[state].map((time) => (
                <Table.Th key={time}>{t(`providers.queues.jobs.${time}`)}</Table.Th>
              ))}
              {withWords && <Table.Th>{t('providers.queues.jobs.failure')}</Table.Th>}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {jobs.map((job) => (
              <JobRow key={job.id} job={job} state={state} withWords={withWords} busy={change.isPending && change.variables.job === job.id ? change.variables.kind : undefined} onBegin={(kind) => (kind === 'remove-job' ? setRemoving(job.id) : begin(kind, job.id))} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {change.error && removing === undefined && <ErrorNotice error={change.error} />}
      {change.data && <Changed step={change.data.steps[0]} />}
      <ConfirmDialog opened={removing !== undefined} title={t('providers.queues.jobs.removeTitle', { id: removing ?? '', name: queue })} confirmLabel={t('providers.queues.jobs.kind.remove-job')} color="red" busy={change.isPending} error={change.error} onConfirm={() => removing !== undefined && begin('remove-job', removing)} onClose={() => setRemoving(undefined)}>
        {t('providers.queues.jobs.removeText')}
      </ConfirmDialog>
    </>
  );
}

interface JobRowProps {
  job: QueuedJob;
  state: JobState;
  withWords: boolean;
  /** What is being done with it. */
  busy: JobMove['kind'] | undefined;
  onBegin: (kind: JobMove['kind']) => void;
}

function JobRow({ job, state, withWords, busy, onBegin }: JobRowProps) {
  const { t, i18n } = useTranslation();
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {job.id}
      </Table.Th>
      <Table.Td>{job.name}</Table.Td>
      <Table.Td ta="right">{job.attempts.toLocaleString(i18n.language)}</Table.Td>
      {times[state].map((time) => (
        <Table.Td key={time}>{job[time] !== null && timeText(job[time])}</Table.Td>
      ))}
      {withWords && <Table.Td>{job.failure}</Table.Td>}
      <Table.Td>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          {kinds[state].map((kind) => (
            <Button key={kind} size="compact-sm" variant="default" aria-label={t(`providers.queues.jobs.kindOf.${kind}`, { id: job.id })} loading={busy === kind} onClick={() => onBegin(kind)}>
              {t(`providers.queues.jobs.kind.${kind}`)}
            </Button>
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function Changed({ step }: { step: RunStep | undefined }) {
  const { t } = useTranslation();
  if (step === undefined || !('job' in step.move)) return null;
  return (
    <Text size="sm" role="status" {...(step.error !== null && { c: 'red' })}>
      {step.error === null ? t(`providers.queues.jobs.changed.${step.move.kind}`, { id: step.move.job }) : t(`providers.failure.${step.error}`)}
    </Text>
  );
}
