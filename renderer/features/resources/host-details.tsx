import { Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResourceDocument } from '../../../shared/contract/resources.ts';
import type { VirtualMachine } from '../../../shared/schema/virtual-machine.ts';
import { resourceDimensions } from '../../../shared/schema/resource-amounts.ts';
import { callQuery } from '../../api/queries.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { amountText, unitOf } from './amount-text.ts';
import type { HostLoad } from './host-load.ts';
import { percentText } from './percent-text.ts';
import { StateBadge } from './state-badge.tsx';

/** A host's figures and the machines on it. */
export function HostDetails({ host, onClose }: { host: HostLoad; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  useFocusBack();
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={host.name} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="md">
        <Group gap="sm">
          <StateBadge state={host.state} />
          {host.failureDomain !== undefined && <Text size="sm">{host.failureDomain}</Text>}
          <Text size="sm" c="dimmed">
            {t('cloud.machineCount', { count: host.machines })}
          </Text>
        </Group>
        <HostFigures host={host} />
        <div style={{ display: 'flex', flexDirection: 'column', height: 'max(14rem, calc(100vh - 26rem))' }}>
          <VirtualTable
            label={t('cloud.machinesOn', { host: host.name })}
            columns={[
              { key: 'name', header: t('cloud.column.virtualMachine'), width: 'minmax(9rem, 1fr)', cell: (row: ResourceDocument) => row.name },
              ...(['cpu', 'memory'] as const).map((dimension) => ({
                key: dimension, header: t(`resources.dimension.${dimension}`), width: '6rem', align: 'end' as const, cell: (row: ResourceDocument) => amountText((row as VirtualMachine).demand[dimension], unitOf[dimension], i18n.language),
              })),
              { key: 'state', header: t('cloud.column.state'), width: '6.5rem', cell: (row: ResourceDocument) => <StateBadge state={row.state} /> },
            ]}
            page={(window) => callQuery('resources.list', { collection: 'virtualMachines', hostId: host.id, ...window })}
            empty={<Text p="md">{t('cloud.none.virtualMachines')}</Text>}
          />
        </div>
      </Stack>
    </Drawer>
  );
}

function HostFigures({ host }: { host: HostLoad }) {
  const { t, i18n } = useTranslation();
  return (
    <Table aria-label={host.name} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('cloud.dimension')}</Table.Th>
          <Table.Th ta="end">{t('cloud.physical')}</Table.Th>
          <Table.Th ta="end">{t('cloud.promised')}</Table.Th>
          <Table.Th ta="end">{t('cloud.allocated')}</Table.Th>
          <Table.Th ta="end">{t('cloud.stranded')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {resourceDimensions.map((dimension) => {
          const { physical, promised, allocated, share, stranded } = host.dimensions[dimension];
          const amount = (value: number) => amountText(value, unitOf[dimension], i18n.language);
          return (
            <Table.Tr key={dimension}>
              <Table.Th scope="row" fw={400}>
                {t(`resources.dimension.${dimension}`)}
              </Table.Th>
              <Table.Td ta="end">{amount(physical)}</Table.Td>
              <Table.Td ta="end">{amount(promised)}</Table.Td>
              <Table.Td ta="end">{`${amount(allocated)} · ${percentText(share, i18n.language)}`}</Table.Td>
              <Table.Td ta="end">{amount(stranded)}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
