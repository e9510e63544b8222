import { Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconCloudCheck } from '@tabler/icons-react';
import type { ChangeSetRow, SyncPhase } from '../../../shared/contract/sync.ts';
import { callQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { bytesText } from '../backups/bytes-text.ts';
import { ChangeSetFacts } from './change-set-facts.tsx';
import { Stages } from './stages.tsx';
import { changeSetColumns } from './change-set-columns.tsx';

/** The other workstations read on without an event here. */
const anew = 10_000;

/** Changes that wait and why, or those that the server has and how far they got. */
export function ChangeSetList({ state, phase, isEmpty }: { state: 'waiting' | 'on-server'; phase: SyncPhase; isEmpty: boolean }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ChangeSetRow>();
  const waiting = state === 'waiting';
  const label = t(waiting ? 'sync.whatWaits' : 'sync.whatWasSent');
  const [savedAt, action, about, savedBy] = changeSetColumns<ChangeSetRow>(t);
  // How far it got is what people come for: it is in sight in a narrow window too.
  const columns: Column<ChangeSetRow>[] = [
    savedAt,
    { ...about, width: 'minmax(9rem, 2fr)' },
    { key: 'way', header: t('sync.way'), width: 'minmax(27rem, 3fr)', cell: (row) => <Stages row={row} /> },
    { ...action, width: 'minmax(9rem, 1fr)' },
    savedBy,
    { key: 'size', header: t('sync.size'), width: '5.5rem', align: 'end', cell: (row) => bytesText(row.bytes) },
  ];
  return (
    <>
      {!isEmpty && (
        <Text size="sm" c="dimmed">
          {waiting ? t(`sync.why.${phase}`) : t('sync.stageHint')}
        </Text>
      )}
      <VirtualTable
        label={label}
        columns={columns}
        page={(window) => ({ ...callQuery('sync.changeSets', { ...window, state }), refetchInterval: waiting ? false : anew })}
        onOpen={setChosen}
        empty={<EmptyState icon={IconCloudCheck} title={t(waiting ? 'sync.nothingWaits' : 'sync.nothingSent')} />}
      />
      <Modal opened={chosen !== undefined} onClose={() => setChosen(undefined)} title={t('sync.details')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        {chosen && <ChangeSetFacts row={chosen} />}
      </Modal>
    </>
  );
}
