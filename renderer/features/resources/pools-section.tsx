import { Progress, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResourceDocument } from '../../../shared/contract/resources.ts';
import type { StoragePool } from '../../../shared/schema/storage-pool.ts';
import { callQuery } from '../../api/queries.ts';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { amountText } from './amount-text.ts';
import { percentText } from './percent-text.ts';
import { StateBadge } from './state-badge.tsx';

/** The storage pools, how full they are, and what that is on the disks. */
export function PoolsSection({ count }: { count: number }) {
  const { t, i18n } = useTranslation();
  const amount = (value: number) => amountText(value, 'gibibytes', i18n.language);
  const of = <Cell,>(draw: (pool: StoragePool) => Cell) => (row: ResourceDocument) => draw(row as StoragePool);
  const columns: Column<ResourceDocument>[] = [
    { key: 'name', header: t('cloud.column.name'), width: 'minmax(8rem, 14rem)', cell: of(({ name }) => name) },
    { key: 'kind', header: t('cloud.column.kind'), width: '8rem', cell: of(({ kind }) => t(`cloud.poolKind.${kind}`)) },
    { key: 'state', header: t('cloud.column.state'), width: '8rem', cell: of(({ state }) => <StateBadge state={state} />) },
    { key: 'bar', header: t('cloud.column.used'), width: 'minmax(8rem, 1fr)', cell: of((pool) => <PoolBar pool={pool} />) },
    { key: 'used', header: t('cloud.allocated'), width: '11rem', align: 'end', cell: of(({ used, capacity }) => t('cloud.usedOf', { used: amount(used), capacity: amount(capacity) })) },
    { key: 'share', header: t('cloud.share'), width: '4.5rem', align: 'end', cell: of((pool) => percentText(shareOf(pool), i18n.language)) },
    { key: 'raw', header: t('cloud.onDisks'), width: '8rem', align: 'end', cell: of(({ used, replicas }) => amount(used * replicas)) },
  ];
  if (count === 0) return null;
  return (
    <Stack component="section" gap="xs" aria-label={t('cloud.collection.storagePools')}>
      <Title order={2} size="h4">
        {t('cloud.collection.storagePools')}
      </Title>
      <div style={{ display: 'flex', flexDirection: 'column', height: `${String(Math.min(8, count) * 36 + 48)}px` }}>
        <VirtualTable label={t('cloud.collection.storagePools')} columns={columns} page={(window) => callQuery('resources.list', { collection: 'storagePools', ...window })} empty={null} />
      </div>
    </Stack>
  );
}

const shareOf = ({ used, capacity }: StoragePool): number => (capacity === 0 ? 0 : used / capacity);

function PoolBar({ pool }: { pool: StoragePool }) {
  const { t, i18n } = useTranslation();
  const share = shareOf(pool);
  return (
    <Progress.Root size="lg">
      <Progress.Section value={Math.min(100, share * 100)} color={share > 0.9 ? 'red' : share > 0.75 ? 'orange' : 'blue'} aria-label={t('cloud.column.used')} aria-valuetext={percentText(share, i18n.language)} />
    </Progress.Root>
  );
}
