import type { TFunction } from 'i18next';
import { alarmText } from '../../shared/resources/alarm-text.ts';
import { jobKindText } from '../../shared/resources/job-kind-text.ts';
import { automationState } from './automation.ts';
import { clinicalReports } from './clinical-reports.ts';
import { cloudReports } from './cloud-reports.ts';
import type { Context } from './context.ts';
import { cellsOfPage, type Paged } from './paged-list.ts';
import { listProviders, serverJobs } from './providers.ts';
import type { Short } from './short-list.ts';

/** Jobs of the server that are asked for at the most. */
const mostJobs = 1000;

const number = (value: number | null): string => (value === null ? '' : String(value));

/** What alarms the server about the cloud, those that are over too. */
export const alarmsForFile = (context: Context, t: TFunction): Short => ({
  header: [t('maintenance.state'), t('maintenance.alarms'), t('maintenance.since'), t('maintenance.until')],
  rows: async () => {
    const { language } = context.workstation.preferences;
    return (await automationState(context)).alarms.map((alarm) => [t(`maintenance.alarmState.${alarm.state}`), alarmText(alarm, t, language), alarm.raisedAt, alarm.clearedAt ?? '']);
  },
});

/** A line for each move that the server proposed. */
export const proposalsForFile = (context: Context, t: TFunction): Short => ({
  header: [t('maintenance.state'), t('maintenance.since'), ...(['machine', 'from', 'to', 'reason'] as const).map((column) => t(`maintenance.move.${column}`))],
  rows: async () => {
    const said = t as (key: string) => string;
    const { proposals } = await automationState(context);
    return proposals.flatMap(({ state, createdAt, moves }) => moves.map(({ machine, from, to, reason }) => [t(`maintenance.proposalState.${state}`), createdAt, machine, from, to, said(`resources.move.${reason}`)]));
  },
});

export const queuesForFile = (context: Context, t: TFunction): Short => ({
  header: [t('providers.queues.name'), t('cloud.column.state'), ...(['waiting', 'active', 'failed', 'workers'] as const).map((figure) => t(`providers.queues.${figure}`)), `${t('providers.queues.meanSeconds')} (s)`],
  rows: async () =>
    (await listProviders(context)).providers
      .flatMap(({ queues = [] }) => queues)
      .map(({ name, isPaused, waiting, active, failed, workers, meanSeconds }) => [name, t(`providers.queues.isPaused.${isPaused}`), ...[waiting, active, failed, workers, meanSeconds].map(number)]),
});

/** The server's own jobs, as planned and as they went. */
export const serverJobsForFile = (context: Context, t: TFunction): Short => ({
  header: [t('usage.queued'), t('usage.kind'), t('cloud.column.state'), ...(['planned', 'actual'] as const).flatMap((what) => [t(`usage.${what}`), `${t(`usage.${what}`)}: ${t('cloudReports.from')}`, `${t(`usage.${what}`)}: ${t('cloudReports.to')}`])],
  rows: async () => {
    const worker = (index: number | undefined) => (index === undefined ? '' : t('usage.worker', { number: index + 1 }));
    return (await serverJobs(context, { limit: mostJobs })).jobs.map(({ queuedAt, kind, state, planned, actual }) => [
      queuedAt, jobKindText(kind, t), t(`cloud.state.${state}`), worker(planned?.worker), planned?.startAt ?? '', planned?.endAt ?? '', worker(actual?.worker), actual?.startedAt ?? '', actual?.endedAt ?? '',
    ]);
  },
});

export const cloudReportsForFile = (context: Context, t: TFunction): Paged => ({
  collection: 'cloudReports',
  header: [t('cloudReports.from'), t('cloudReports.to'), ...(['period', 'hosts', 'machines', 'now', 'best', 'scarce', 'findings'] as const).map((column) => t(`cloudReports.column.${column}`))],
  parts: [
    (window) =>
      cellsOfPage(cloudReports(context, window), ({ period, from, to, counts, placement, scarcest, findingCount }) => [
        from, to, t(`cloudReports.period.${period}`), number(counts.hosts), number(counts.virtualMachines), number(placement.present), number(placement.value),
        scarcest === null ? '' : t(`resources.dimension.${scarcest}`), number(findingCount),
      ]),
  ],
});

export const clinicalReportsForFile = (context: Context, t: TFunction): Paged => ({
  collection: 'clinicalReports',
  header: [t('cloudReports.from'), t('cloudReports.to'), t('analytics.reportKind'), t('analytics.only'), t('analytics.visits'), t('analytics.people')],
  parts: [
    (window) =>
      cellsOfPage(clinicalReports(context, window), ({ period, filter, siteName, visits, patients }) => [
        filter.from, filter.to, t(`analytics.reportPeriod.${period}`), [siteName, filter.department, filter.kind && t(`records.kind.${filter.kind}`)].filter(Boolean).join(' · '), number(visits), number(patients),
      ]),
  ],
});
