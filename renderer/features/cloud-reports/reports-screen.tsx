import { Button, Group, Text } from '@mantine/core';
import { IconReportAnalytics } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CloudSections } from '../resources/cloud-sections.tsx';
import { ReportTable } from './report-table.tsx';
import { ScheduleChoice } from './schedule-choice.tsx';

const shown = 60;

/** What the cloud was, day by day: the reports that were made, and one made now. */
export function ReportsScreen() {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(shown);
  const { data, error } = useCall('cloudReports.list', { offset: 0, limit });
  const make = useCallMutation('cloudReports.make');
  const [making, setMaking] = useState(false);
  return (
    <Page wide>
      <PageHeader title={t('cloudReports.title')} description={t('cloudReports.intro')} actions={<CloudSections />} />
      <Group justify="space-between" align="flex-end" mb="md">
        <ScheduleChoice of="cloudReports" />
        <Button leftSection={<IconReportAnalytics size={16} aria-hidden />} loading={make.isPending || making} onClick={() => make.mutate({}, { onSuccess: () => setMaking(true) })}>
          {t('cloudReports.makeNow')}
        </Button>
      </Group>
      {make.error && <ErrorNotice error={make.error} />}
      {making && make.data && <JobProgress key={make.data.id} job={make.data} label={t('cloudReports.making')} doneText={t('cloudReports.made')} cancellable onEnd={() => setMaking(false)} />}
      {error && <ErrorNotice error={error} />}
      {data?.total === 0 && (
        <EmptyState icon={IconReportAnalytics} title={t('cloudReports.none')}>
          <Text size="sm" c="dimmed">
            {t('cloudReports.noneHint')}
          </Text>
        </EmptyState>
      )}
      {data && data.total > 0 && <ReportTable reports={data.rows} />}
      {data && data.total > data.rows.length && (
        <Button mt="md" variant="default" onClick={() => setLimit(limit + shown)}>
          {t('cloudReports.more', { count: data.total - data.rows.length })}
        </Button>
      )}
    </Page>
  );
}
