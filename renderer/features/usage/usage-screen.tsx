import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CloudSections } from '../resources/cloud-sections.tsx';
import { JobsSection } from './jobs-section.tsx';
import { TrendsSection } from './trends-section.tsx';

/** What was measured of the cloud over time, and the server's own jobs as they were planned and as they went. */
export function UsageScreen() {
  const { t } = useTranslation();
  const { data, error } = useCall('providers.list', {});
  return (
    <Page wide>
      <PageHeader title={t('usage.title')} description={t('usage.intro')} actions={<CloudSections />} />
      {error && <ErrorNotice error={error} />}
      {data?.providers.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('usage.noProvider')}
        </Text>
      )}
      {data && data.providers.length > 0 && <TrendsSection providers={data.providers.map(({ name }) => name)} />}
      {data && <JobsSection />}
    </Page>
  );
}
