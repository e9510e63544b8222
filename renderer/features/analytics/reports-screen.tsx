import { Button, Group, Text } from '@mantine/core';
import { IconReportAnalytics } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Page } from '../../components/page.tsx';
import { ScheduleChoice } from '../cloud-reports/schedule-choice.tsx';
import { ReportTable } from './report-table.tsx';

const shown = 60;

/** What the clinic did, day by day and month by month, as it was written down. */
export function ReportsScreen() {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(shown);
  const { data, error } = useCall('clinicalReports.list', { offset: 0, limit });
  return (
    <Page wide>
      <PageHeader
        title={t('analytics.reports')}
        description={t('analytics.reportsIntro')}
        actions={
          <Button size="xs" variant="default" component={Link} to="/analytics">
            {t('analytics.back')}
          </Button>
        }
      />
      <Schedule />
      {error && <ErrorNotice error={error} />}
      {data?.total === 0 && (
        <EmptyState icon={IconReportAnalytics} title={t('analytics.noReports')}>
          <Text size="sm" c="dimmed">
            {t('analytics.noReportsHint')}
          </Text>
        </EmptyState>
      )}
      {data && data.total > 0 && <ReportTable reports={data.rows} />}
      {data && data.total > data.rows.length && (
        <Group>
          <Button variant="default" onClick={() => setLimit(limit + shown)}>
            {t('cloudReports.more', { count: data.total - data.rows.length })}
          </Button>
        </Group>
      )}
    </Page>
  );
}

/** Everybody reads what is made by itself; an admin says what shall be. */
function Schedule() {
  const { t } = useTranslation();
  const manages = useMay()('settings.manage');
  const { data } = useCall('clinicalReports.schedule', {});
  if (manages) return <ScheduleChoice of="clinicalReports" />;
  return <Text size="sm">{data && `${t('cloudReports.automatic')}: ${t(`cloudReports.schedule.${data.schedule}`)}`}</Text>;
}
