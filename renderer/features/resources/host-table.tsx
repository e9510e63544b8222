import { useTranslation } from 'react-i18next';
import { resourceDimensions } from '../../../shared/schema/resource-amounts.ts';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { amountText, unitOf } from './amount-text.ts';
import { shareOf, type HostLoad, type Measure } from './host-load.ts';
import { percentText } from './percent-text.ts';
import { StateBadge } from './state-badge.tsx';

interface HostTableProps {
  hosts: readonly HostLoad[];
  measure: Measure;
  onOpen: (host: HostLoad) => void;
}

/** The heat map's figures, to be walked by keyboard and read out. */
export function HostTable({ hosts, measure, onOpen }: HostTableProps) {
  const { t, i18n } = useTranslation();
  const columns: Column<HostLoad>[] = [
    { key: 'name', header: t('cloud.column.host'), width: 'minmax(9rem, 1fr)', cell: ({ name }) => name },
    { key: 'state', header: t('cloud.column.state'), width: '8.5rem', cell: ({ state }) => <StateBadge state={state} /> },
    { key: 'failureDomain', header: t('cloud.column.failureDomain'), width: '8rem', cell: ({ failureDomain }) => failureDomain },
    { key: 'machines', header: t('cloud.machines'), width: '6rem', align: 'end', cell: ({ machines }) => machines.toLocaleString(i18n.language) },
    ...resourceDimensions.map((dimension): Column<HostLoad> => ({
      key: dimension,
      header: t(`resources.dimension.${dimension}`),
      width: '9.5rem',
      align: 'end',
      cell: (host) => `${amountText(host.dimensions[dimension].allocated, unitOf[dimension], i18n.language)} · ${percentText(shareOf(host, dimension, measure), i18n.language)}`,
    })),
  ];
  return <VirtualTable label={t('cloud.hostTableLabel')} columns={columns} page={hosts} onOpen={onOpen} empty={null} />;
}
