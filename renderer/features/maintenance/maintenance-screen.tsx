import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callQuery } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CloudSections } from '../resources/cloud-sections.tsx';
import { AlarmsSection } from './alarms-section.tsx';
import { AutomationSection } from './automation-section.tsx';
import { HostsInService } from './hosts-in-service.tsx';
import { ProposalsSection } from './proposals-section.tsx';

const query = callQuery('automation.state', {});
/** The server tells nobody by itself; while it looks, it is asked more often. */
const anew = (looking: boolean | undefined) => (looking === true ? 1000 : 15_000);

/** The cloud looked after: what alarms, what is proposed and may be done without being asked, and hosts on their way out of service and back. */
export function MaintenanceScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ ...query, refetchInterval: ({ state }) => anew(state.data?.looking) });
  const again = () => void refetch();
  return (
    <Page wide>
      <PageHeader title={t('maintenance.title')} description={t('maintenance.intro')} actions={<CloudSections />} />
      {error && (error.error.code === 'not-enrolled' ? <Alert color="gray">{t('maintenance.noServer')}</Alert> : <ErrorNotice error={error} onRetry={again} />)}
      {data && <AlarmsSection alarms={data.alarms} onChanged={again} />}
      <HostsInService />
      {data && <ProposalsSection proposals={data.proposals} onChanged={again} />}
      {data && <AutomationSection state={data} onChanged={again} />}
    </Page>
  );
}
