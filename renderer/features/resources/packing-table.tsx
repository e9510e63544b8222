import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { amountText, unitOf } from './amount-text.ts';
import type { HostLoad } from './host-load.ts';
import { PackingBar, PackingPatterns } from './packing-bar.tsx';
import classes from './packing.module.css';
import { percentText } from './percent-text.ts';

interface PackingTableProps {
  hosts: readonly HostLoad[];
  dimension: ResourceDimension;
  onOpen: (host: HostLoad) => void;
}

/** Hosts whose machines are asked for in one call. */
const atOnce = 50;

/** Every host as a bar filled by its machines, on one scale. A table, so that the figures are walked with the bars. */
export function PackingTable({ hosts, dimension, onOpen }: PackingTableProps) {
  const { t, i18n } = useTranslation();
  const groups = useMemo(() => groupsOf(hosts), [hosts]);
  const longest = useMemo(() => Math.max(1, ...hosts.map(({ dimensions }) => Math.max(dimensions[dimension].promised, dimensions[dimension].allocated))), [hosts, dimension]);
  const amount = (value: number) => amountText(value, unitOf[dimension], i18n.language);
  const columns: Column<HostLoad>[] = [
    { key: 'name', header: t('cloud.column.host'), width: '9rem', cell: ({ name }) => name },
    { key: 'bar', header: t(`resources.dimension.${dimension}`), width: 'minmax(16rem, 1fr)', cell: (host) => <PackingBar host={host} dimension={dimension} longest={longest} together={groups.get(host.id) ?? []} /> },
    { key: 'machines', header: t('cloud.machines'), width: '6rem', align: 'end', cell: ({ machines }) => machines.toLocaleString(i18n.language) },
    { key: 'used', header: t('cloud.allocated'), width: '11rem', align: 'end', cell: ({ dimensions }) => t('cloud.usedOf', { used: amount(dimensions[dimension].allocated), capacity: amount(dimensions[dimension].promised) }) },
    { key: 'share', header: t('cloud.share'), width: '4.5rem', align: 'end', cell: ({ dimensions }) => percentText(dimensions[dimension].share, i18n.language) },
    { key: 'stranded', header: t('cloud.stranded'), width: '7rem', align: 'end', cell: ({ dimensions }) => amount(dimensions[dimension].stranded) },
  ];
  return (
    <>
      <PackingPatterns />
      <PackingKey />
      <VirtualTable label={t('cloud.packingLabel', { dimension: t(`resources.dimension.${dimension}`) })} columns={columns} page={hosts} onOpen={onOpen} empty={null} />
    </>
  );
}

const parts = ['machine', 'room', 'stranded', 'over'] as const;
const keyClasses = { machine: classes.machine, room: classes.room, stranded: classes.stranded, over: classes.machine };

function PackingKey() {
  const { t } = useTranslation();
  return (
    <Group gap="md" mb={4} style={{ flex: 'none' }}>
      {parts.map((part) => (
        <Text key={part} size="xs" c="dimmed" className={classes.key ?? ''}>
          <svg aria-hidden className={classes.bar}>
            <rect width="100%" height="100%" className={keyClasses[part]} data-over={part === 'over' || undefined} />
            <rect width="100%" height="100%" className={classes.edge} />
          </svg>
          {t(`cloud.key.${part}`)}
        </Text>
      ))}
    </Group>
  );
}

function groupsOf(hosts: readonly HostLoad[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (let start = 0; start < hosts.length; start += atOnce) {
    const ids = hosts.slice(start, start + atOnce).map(({ id }) => id);
    for (const id of ids) groups.set(id, ids);
  }
  return groups;
}
