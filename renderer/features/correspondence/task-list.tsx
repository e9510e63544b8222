import { Button, Group, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CareTaskRow } from '../../../shared/contract/communications.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { useMay, useSessionUser } from '../../app/session.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { usePageTurner } from '../../components/page-turner.tsx';
import classes from '../chart/tables.module.css';
import { Subject, type About } from './message-list.tsx';
import { partyText, receiptText } from './words.ts';

const columns = ['text', 'patient', 'from', 'to', 'due', 'status', 'receipt', 'actions'] as const;

/** Newest first: about a patient or a referral, or all that this workstation holds. */
export function TaskList({ about, quiet = false }: { about: About; quiet?: boolean }) {
  const { t } = useTranslation();
  const { window, turner } = usePageTurner(100, t('correspondence.view.tasks'));
  const { data, error } = useQuery({ ...callQuery('careTasks.list', { ...about, ...window }), placeholderData: keepPreviousData });
  useReadTasks(data?.rows);
  if (error) return <ErrorNotice error={error} />;
  if (data?.rows.length === 0) return quiet ? null : <EmptyState title={t('correspondence.none.tasks')} />;
  return (
    <>
      <Table className={classes.table ?? ''} aria-label={t('correspondence.view.tasks')}>
        <Table.Thead>
          <Table.Tr>{columns.map((column) => <Table.Th key={column}>{t(`correspondence.column.${column}`)}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>{data?.rows.map((row) => <Task key={row.id} row={row} />)}</Table.Tbody>
      </Table>
      {data && turner(data.total)}
    </>
  );
}

/** A task is short: whoever has the list open has read it, and whoever asked is told. */
function useReadTasks(rows: readonly CareTaskRow[] = []): void {
  const { mutate } = useCallMutation('careTasks.read');
  const unread = rows.filter(({ direction, read, status }) => direction === 'in' && read === undefined && status === 'requested').map(({ id }) => id).join();
  useEffect(() => {
    if (unread !== '') mutate({ ids: unread.split(',') });
  }, [unread, mutate]);
}

function Task({ row }: { row: CareTaskRow }) {
  const { t } = useTranslation();
  const priority = row.priority === 'routine' ? '' : ` · ${t(`correspondence.priorities.${row.priority}`)}`;
  return (
    <Table.Tr>
      <Table.Td><Text size="sm" fw={600} style={{ whiteSpace: 'pre-wrap' }}>{row.description}{priority}</Text></Table.Td>
      <Table.Td><Subject row={row} /></Table.Td>
      <Table.Td>{partyText(row.requesterName, row.fromSiteName, t)}</Table.Td>
      <Table.Td>{partyText(row.ownerName, row.toSiteName, t)}</Table.Td>
      <Table.Td>{row.due}</Table.Td>
      <Table.Td>{[t(`correspondence.taskStatus.${row.status}`), row.statusReason].filter(Boolean).join(': ')}</Table.Td>
      <Table.Td>{receiptText(row, t)}</Table.Td>
      <Table.Td><Endings row={row} /></Table.Td>
    </Table.Tr>
  );
}

function Endings({ row }: { row: CareTaskRow }) {
  const { t } = useTranslation();
  const mayWrite = useMay()('communication.write');
  const user = useSessionUser();
  const end = useCallMutation('careTasks.end');
  if (row.status !== 'requested' || !mayWrite) return null;
  const to = (status: 'completed' | 'rejected' | 'cancelled') =>
    end.mutate({ id: row.id, rev: row.rev, status }, { onSuccess: () => notifyDone(t('correspondence.taskEnded'), t), onError: (refusal) => notifyError(refusal, t) });
  const isMine = row.direction === 'in';
  return (
    <Group gap={4} wrap="nowrap">
      {isMine && <Button size="compact-xs" loading={end.isPending} aria-label={t('correspondence.doneOf', { what: row.description.slice(0, 60) })} onClick={() => to('completed')}>{t('correspondence.done')}</Button>}
      {isMine && <Button size="compact-xs" variant="subtle" onClick={() => to('rejected')}>{t('correspondence.turnDown')}</Button>}
      {row.requesterId === user.id && <Button size="compact-xs" variant="subtle" onClick={() => to('cancelled')}>{t('correspondence.takeBack')}</Button>}
    </Group>
  );
}
