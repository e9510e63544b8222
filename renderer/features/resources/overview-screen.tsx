import { Button, Skeleton, Text } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResourceOverview } from '../../../shared/contract/resources.ts';
import { resourceCollections } from '../../../shared/schema/resource.ts';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useNow } from '../../components/relative-time.ts';
import { whenText } from '../sync/when-text.ts';
import { AlarmsNotice } from '../maintenance/alarms-notice.tsx';
import { CapacitySection } from './capacity-section.tsx';
import { CloudSections } from './cloud-sections.tsx';
import { FindingsSection } from './findings-section.tsx';
import { hostLoads } from './host-load.ts';
import { HostsSection } from './hosts-section.tsx';
import { PoolsSection } from './pools-section.tsx';
import { ProvidersSection } from './providers-section.tsx';
import { TotalsSection } from './totals-section.tsx';

/** The cloud at one glance: what there is, where it goes, what is scarce, and what is wrong. */
export function OverviewScreen() {
  const { t } = useTranslation();
  const manages = useMay()('resource.manage');
  const overview = useCall('resources.overview', {});
  return (
    <Page wide>
      <PageHeader title={t('cloud.title')} description={overview.data && <Facts overview={overview.data} />} actions={<CloudSections />} />
      {overview.error && <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.isPending && <Skeleton height={160} />}
      {overview.data && <Sections overview={overview.data} manages={manages} />}
      {/* In one place whether there is anything or not: what is being done to the last job of a queue is told after the job is gone. */}
      {overview.data && manages && <ProvidersSection />}
    </Page>
  );
}

function Sections({ overview, manages }: { overview: ResourceOverview; manages: boolean }) {
  const hosts = useMemo(() => hostLoads(overview.hosts), [overview.hosts]);
  if (resourceCollections.every((collection) => overview.counts[collection] === 0)) return <Nothing />;
  return (
    <>
      {manages && <AlarmsNotice />}
      <CapacitySection overview={overview} />
      {hosts.length > 0 && <HostsSection hosts={hosts} scarce={overview.bottleneck.dimension ?? 'cpu'} />}
      <FindingsSection findings={overview.findings} count={overview.findingCount} />
      <TotalsSection totals={overview.totals} />
      <PoolsSection count={overview.counts.storagePools} />
    </>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconServer2} title={t('cloud.empty')}>
      <Text size="sm" c="dimmed">
        {t('cloud.emptyHint')}
      </Text>
      <Button component={Link} to="/cloud/inventory">
        {t('cloud.toInventory')}
      </Button>
    </EmptyState>
  );
}

/** How much there is, and how old what is known of it. */
function Facts({ overview: { counts, observed, changedAt } }: { overview: ResourceOverview }) {
  const { t, i18n } = useTranslation();
  const now = useNow(10);
  const when = (instant: string) => whenText(instant, now, i18n.language, t);
  const facts = [
    t('cloud.hostCount', { count: counts.hosts }),
    t('cloud.machineCount', { count: counts.virtualMachines }),
    changedAt !== undefined && t('cloud.asOf', { when: when(changedAt) }),
    observed && t('cloud.observed', { from: when(observed.from), to: when(observed.to) }),
  ];
  return facts.filter(Boolean).join(' · ');
}
