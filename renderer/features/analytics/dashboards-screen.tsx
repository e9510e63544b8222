import { Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { IconChartBar, IconDownload, IconReportAnalytics } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AppException } from '../../../shared/errors.ts';
import type { AnalyticsFilter } from '../../../shared/schema/clinical-report.ts';
import { call } from '../../api/client.ts';
import { callQuery, useCall, useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { download } from '../../components/download.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { Page } from '../../components/page.tsx';
import { filterOf, useAnalyticsView } from './analytics-view.ts';
import { FilterBar } from './filter-bar.tsx';
import { Panels } from './panels.tsx';

/** What the clinic did: visits, departments, ages, diagnoses, waiting times and beds in use, of a period and a part of it. */
export function DashboardsScreen() {
  const { t } = useTranslation();
  const view = useAnalyticsView();
  const choices = useCall('analytics.choices', {});
  const filter = filterOf(view, choices.data?.first ?? null);
  const isPeriod = filter.from <= filter.to;
  const figures = useQuery({ ...callQuery('analytics.dashboard', { filter }), enabled: choices.data !== undefined && isPeriod, placeholderData: keepPreviousData });
  const error = choices.error ?? figures.error;
  return (
    <Page wide>
      <PageHeader title={t('analytics.title')} description={t('analytics.intro')} actions={<Actions filter={filter} />} />
      {choices.data && <FilterBar choices={choices.data} />}
      {error && <ErrorNotice error={error} onRetry={() => void figures.refetch()} />}
      {!isPeriod && <Text size="sm" role="alert">{t('issue.end-before-start')}</Text>}
      {choices.data?.first === null && <Nothing />}
      {choices.data && choices.data.first !== null && isPeriod && (figures.data ? <Panels figures={figures.data} filter={filter} /> : !error && <Skeleton height={320} />)}
    </Page>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconChartBar} title={t('analytics.nothingYet')}>
      <Text size="sm" c="dimmed">
        {t('analytics.nothingYetHint')}
      </Text>
    </EmptyState>
  );
}

function Actions({ filter }: { filter: AnalyticsFilter }) {
  const { t } = useTranslation();
  const may = useMay();
  const figures = useAnalyticsView((view) => view.figures);
  const make = useCallMutation('clinicalReports.make');
  const save = useMutation<{ fileName: string; text: string }, AppException>({
    mutationFn: () => call('analytics.export', { filter }),
    onSuccess: ({ fileName, text }) => {
      download(new Blob([text], { type: 'text/csv' }), fileName);
      notifyDone(t('analytics.exported'), t);
    },
  });
  const failure = make.error ?? save.error;
  return (
    <>
      {failure && <ErrorNotice error={failure} />}
      <SegmentedControl
        size="xs"
        aria-label={t('analytics.view.label')}
        value={figures ? 'figures' : 'chart'}
        onChange={(value) => useAnalyticsView.setState({ figures: value === 'figures' })}
        data={(['chart', 'figures'] as const).map((value) => ({ value, label: t(`analytics.view.${value}`) }))}
      />
      {may('data.export') && (
        <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>
          {t('analytics.export')}
        </Button>
      )}
      <Button size="xs" variant="default" leftSection={<IconReportAnalytics size={16} aria-hidden />} loading={make.isPending} onClick={() => make.mutate({ filter }, { onSuccess: () => notifyDone(t('analytics.reportMade'), t) })}>
        {t('analytics.makeReport')}
      </Button>
      <Button size="xs" variant="subtle" component={Link} to="/analytics/reports">
        {t('analytics.toReports')}
      </Button>
    </>
  );
}
