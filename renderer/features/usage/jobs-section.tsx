import { Badge, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jobKindText } from '../../../shared/resources/job-kind-text.ts';
import type { JobRow } from '../../../shared/sync/resource-protocol.ts';
import { callQuery } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { clockText, timeText } from '../versions/time-text.ts';
import { JobGantt } from './job-gantt.tsx';

const views = ['chart', 'figures'] as const;
type View = (typeof views)[number];
/** Jobs that the chart and the table show, the latest. */
const shown = 200;
const anew = 5000;

/** The server's own jobs: to which worker the task model gave each and when, and what happened. */
export function JobsSection() {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('chart');
  const { data, error } = useQuery({ ...callQuery('providers.jobs', { limit: shown }), refetchInterval: anew });
  const jobs = data?.jobs ?? [];
  return (
    <Stack component="section" gap="xs" aria-label={t('usage.jobs')}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('usage.jobs')}
        </Title>
        <SegmentedControl size="xs" aria-label={t('cloud.view.label')} value={view} onChange={(value) => setView(value as View)} data={views.map((value) => ({ value, label: t(`placements.view.${value}`) }))} />
      </Group>
      {error && <ErrorNotice error={error} />}
      {data && (
        <Text size="sm" c="dimmed">
          {jobs.length === 0 ? t('usage.noJobs') : t('usage.jobsFacts', { count: jobs.length, workers: t('usage.workerCount', { count: data.workers }) })}
        </Text>
      )}
      {jobs.length > 0 && (view === 'chart' ? <JobGantt jobs={jobs} /> : <JobTable jobs={jobs} />)}
    </Stack>
  );
}

const colors = { waiting: 'gray', running: 'blue', done: 'green', failed: 'red' } as const;

function JobTable({ jobs }: { jobs: readonly JobRow[] }) {
  const { t, i18n } = useTranslation();
  const worker = (index: number | undefined) => (index === undefined ? '–' : t('usage.worker', { number: index + 1 }));
  const clock = (instant: string | null | undefined) => (instant === null || instant === undefined ? '–' : clockText(instant));
  const columns: Column<JobRow>[] = [
    { key: 'queued', header: t('usage.queued'), width: '10rem', cell: ({ queuedAt }) => timeText(queuedAt) },
    { key: 'kind', header: t('usage.kind'), width: 'minmax(8rem, 1fr)', cell: ({ kind }) => jobKindText(kind, t) },
    { key: 'state', header: t('cloud.column.state'), width: '7rem', cell: ({ state }) => <Badge variant="light" tt="none" color={colors[state]}>{t(`cloud.state.${state}`)}</Badge> },
    { key: 'plannedWorker', header: t('usage.planned'), width: '7rem', cell: ({ planned }) => worker(planned?.worker) },
    { key: 'plannedTime', header: t('usage.plannedTime'), width: '11rem', cell: ({ planned }) => planned && `${clock(planned.startAt)} – ${clock(planned.endAt)}` },
    { key: 'worker', header: t('usage.actual'), width: '7rem', cell: ({ actual }) => worker(actual?.worker) },
    { key: 'time', header: t('usage.actualTime'), width: '11rem', cell: ({ actual }) => actual && `${clock(actual.startedAt)} – ${clock(actual.endedAt)}` },
    { key: 'late', header: t('usage.late'), width: '7rem', align: 'end', cell: (job) => lateText(job, i18n.language) },
  ];
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '20rem' }}>
      <VirtualTable label={t('usage.jobs')} columns={columns} page={jobs} empty={null} />
    </div>
  );
}

/** How much later a job ended than it was planned to. */
function lateText({ planned, actual }: JobRow, language: string): string {
  if (planned === null || actual?.endedAt === null || actual === null) return '–';
  const seconds = (Date.parse(actual.endedAt) - Date.parse(planned.endAt)) / 1000;
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(seconds);
}
