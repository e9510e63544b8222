import { Group, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachinePlace } from '../../../shared/contract/placements.ts';
import { callQuery } from '../../api/queries.ts';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { AskedModel } from './asked.ts';

/** Whose answer is meant. */
const pause = 150;

/** Where each machine is and where it would go. */
export function PlacedTable({ asked, onExplain }: { asked: AskedModel; onExplain: (virtualMachineId: string) => void }) {
  const { t } = useTranslation();
  const [onlyMoved, setOnlyMoved] = useState(false);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), pause);
  const columns: Column<MachinePlace>[] = [
    { key: 'name', header: t('cloud.column.virtualMachine'), width: 'minmax(12rem, 1fr)', cell: ({ name }) => name },
    { key: 'from', header: t('placements.now'), width: 'minmax(10rem, 1fr)', cell: ({ from }) => from?.name ?? t('cloud.nowhere') },
    { key: 'to', header: t('placements.then'), width: 'minmax(10rem, 1fr)', cell: ({ from, to }) => (to && to.hostId === from?.hostId ? t('placements.stays') : (to?.name ?? t('cloud.nowhere'))) },
  ];
  return (
    <>
      <Group gap="md" mb="xs">
        <TextInput aria-label={t('cloud.searchName')} placeholder={t('cloud.searchName')} leftSection={<IconSearch size={16} aria-hidden />} maxLength={200} w="18rem" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Switch label={t('placements.onlyMoved')} checked={onlyMoved} onChange={(event) => setOnlyMoved(event.currentTarget.checked)} />
      </Group>
      <div style={{ display: 'flex', flexDirection: 'column', height: '24rem' }}>
        <VirtualTable
          label={t('placements.tab.machines')}
          columns={columns}
          page={(window) => callQuery('placements.machines', { ...asked, onlyMoved, ...(search !== '' && { search }), ...window })}
          onOpen={({ virtualMachineId }) => onExplain(virtualMachineId)}
          empty={t('placements.noMachines')}
        />
      </div>
    </>
  );
}
