import { SegmentedControl } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { bothNames, clashedFields, conflictTitle } from '../../../shared/conflicts/conflict-words.ts';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import { callQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { timeText } from '../versions/time-text.ts';

type Status = ConflictRow['status'];

/** The conflict inbox: what two people changed at the same time, newest first. */
export function ConflictsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [status, setStatus] = useState<Status>('open');
  const columns: Column<ConflictRow>[] = [
    { key: 'patient', header: t('conflicts.column.patient'), width: 'minmax(7rem, 1fr)', cell: (row) => row.patientName },
    { key: 'what', header: t('conflicts.column.what'), width: 'minmax(12rem, 2fr)', cell: (row) => conflictTitle(row, t) },
    { key: 'fields', header: t('conflicts.column.fields'), width: 'minmax(10rem, 2fr)', cell: (row) => clashedFields(row, t) },
    { key: 'who', header: t('conflicts.column.who'), width: 'minmax(10rem, 1.25fr)', cell: (row) => bothNames(row, t) },
    { key: 'at', header: t('conflicts.column.at'), width: '9.5rem', cell: (row) => timeText(row.createdAt) },
    ...(status === 'open' ? [] : settledColumns()),
  ];
  return (
    <Page fill>
      <PageHeader title={t('conflicts.title')} description={t('conflicts.intro')} />
      <SegmentedControl
        aria-label={t('conflicts.show')}
        style={{ alignSelf: 'flex-start', flex: 'none' }}
        data={[
          { value: 'open', label: t('conflicts.open') },
          { value: 'settled', label: t('conflicts.settled') },
        ]}
        value={status}
        onChange={(value) => setStatus(value as Status)}
      />
      <VirtualTable
        key={status}
        label={t('conflicts.title')}
        columns={columns}
        page={(window) => callQuery('conflicts.list', { ...window, status })}
        onOpen={(row) => void navigate(`/conflicts/${row.id}`)}
        empty={<EmptyState icon={IconCircleCheck} title={t(status === 'open' ? 'conflicts.noneOpen' : 'conflicts.noneSettled')} />}
        placeKey={`conflicts-${status}`}
      />
    </Page>
  );

  function settledColumns(): Column<ConflictRow>[] {
    return [
      { key: 'settledBy', header: t('conflicts.column.settledBy'), width: 'minmax(6rem, 1fr)', cell: (row) => row.settledByName },
      { key: 'settledAt', header: t('conflicts.column.settledAt'), width: '9.5rem', cell: (row) => row.settledAt && timeText(row.settledAt) },
    ];
  }
}
