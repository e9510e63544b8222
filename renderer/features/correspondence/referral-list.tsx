import { Anchor, Table, Text } from '@mantine/core';
import { IconMailShare } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReferralRow } from '../../../shared/contract/referrals.ts';
import { callQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { usePageTurner } from '../../components/page-turner.tsx';
import classes from '../chart/tables.module.css';
import { timeText } from '../versions/time-text.ts';
import { partyText, receiptText, referralPath, statusText } from './words.ts';

/** Newest first, with what has become of each. */
export function ReferralList({ direction }: { direction: 'in' | 'out' }) {
  const { t } = useTranslation();
  const label = t(`correspondence.view.${direction}`);
  const { window, turner } = usePageTurner(200, label);
  const { data, error } = useQuery({ ...callQuery('referrals.list', { direction, ...window }), placeholderData: keepPreviousData });
  if (error) return <ErrorNotice error={error} />;
  if (data?.rows.length === 0) {
    return (
      <EmptyState icon={IconMailShare} title={t(`correspondence.none.${direction}`)}>
        {direction === 'out' && <Text size="sm">{t('correspondence.noneHint')}</Text>}
      </EmptyState>
    );
  }
  return (
    <>
      <ReferralTable rows={data?.rows ?? []} label={label} />
      {data && turner(data.total)}
    </>
  );
}

const columns = ['patient', 'kind', 'from', 'to', 'sent', 'status', 'receipt'] as const;

export function ReferralTable({ rows, label }: { rows: readonly ReferralRow[]; label: string }) {
  const { t } = useTranslation();
  return (
    <Table className={classes.table ?? ''} aria-label={label}>
      <Table.Thead>
        <Table.Tr>{columns.map((column) => <Table.Th key={column}>{t(`correspondence.column.${column}`)}</Table.Th>)}</Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id} fw={row.direction === 'in' && row.read === undefined ? 600 : undefined}>
            <Table.Td>
              <Anchor component={Link} to={referralPath(row.id)} aria-label={t('correspondence.openOf', { name: row.patientName })} underline="always">{row.patientName}</Anchor>
            </Table.Td>
            <Table.Td>{[t(`correspondence.kind.${row.kind}`), row.priority !== 'routine' && t(`correspondence.priorities.${row.priority}`)].filter(Boolean).join(' · ')}</Table.Td>
            <Table.Td>{partyText(row.requesterName, row.senderSiteName, t)}</Table.Td>
            <Table.Td>{partyText(row.recipientName, row.recipientSiteName, t)}</Table.Td>
            <Table.Td>{timeText(row.authoredOn)}</Table.Td>
            <Table.Td>{statusText(row, t)}</Table.Td>
            <Table.Td>{receiptText(row, t)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
