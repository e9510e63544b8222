import { Text } from '@mantine/core';
import { IconCloudCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantinedChangeSet } from '../../../shared/contract/sync.ts';
import { callQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { timeText } from '../versions/time-text.ts';
import { QuarantinedDialog } from './quarantined-dialog.tsx';
import { changeSetColumns } from '../sync/change-set-columns.tsx';

/** What the server refused, in words; opening a row shows what can be done. */
export function QuarantineList() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<QuarantinedChangeSet>();
  const columns: Column<QuarantinedChangeSet>[] = [
    ...changeSetColumns<QuarantinedChangeSet>(t),
    { key: 'why', header: t('quarantine.why'), width: 'minmax(14rem, 2fr)', cell: (row) => t(`quarantine.refusal.${row.refusal}`) },
    { key: 'refusedAt', header: t('quarantine.refusedAt'), width: '9.5rem', cell: (row) => timeText(row.refusedAt) },
  ];
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('quarantine.explain')}
      </Text>
      <VirtualTable
        label={t('quarantine.title')}
        columns={columns}
        page={(window) => callQuery('quarantine.list', window)}
        onOpen={setChosen}
        empty={<EmptyState icon={IconCloudCheck} title={t('quarantine.none')} />}
      />
      {chosen && <QuarantinedDialog key={chosen.id} row={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
