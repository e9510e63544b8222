import { Badge, Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChartLoan } from '../../../shared/schema/chart-loan.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { today } from '../patients/calendar-day.ts';
import { timeText } from '../versions/time-text.ts';

const columns = ['borrower', 'purpose', 'lentAt', 'dueDate', 'returnedAt'] as const;

/** Who had the paper original, who has it, and until when. */
export function LoansTable({ loans }: { loans: readonly ChartLoan[] }) {
  const { t } = useTranslation();
  const back = useCallMutation('recordRoom.return');
  const note = ({ id, rev }: ChartLoan) => back.mutate({ id, rev }, { onSuccess: () => notifyDone(t('recordRoom.returned'), t) });
  return (
    <>
      {back.error && <ErrorNotice error={back.error} />}
      <Table aria-label={t('recordRoom.loans')}>
        <Table.Thead>
          <Table.Tr>{columns.map((column) => <Table.Th key={column}>{t(`recordRoom.loanColumn.${column}`)}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {loans.map((loan) => (
            <Table.Tr key={loan.id}>
              <Table.Td>{loan.borrowerName}</Table.Td>
              <Table.Td>{loan.purpose}</Table.Td>
              <Table.Td>{timeText(loan.lent.at)}</Table.Td>
              <Table.Td>{loan.returnedAt === undefined && loan.dueDate < today() ? <Badge tt="none" color="red" variant="light">{t('recordRoom.overdue', { day: loan.dueDate })}</Badge> : loan.dueDate}</Table.Td>
              <Table.Td>
                {loan.returnedAt === undefined ? (
                  <Button size="compact-sm" variant="default" loading={back.isPending} onClick={() => note(loan)}>{t('recordRoom.return')}</Button>
                ) : (
                  timeText(loan.returnedAt)
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
