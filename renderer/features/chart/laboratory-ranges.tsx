import { Alert, Button, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RangesLoaded } from '../../../shared/contract/chart.ts';
import type { FieldIssue } from '../../../shared/errors.ts';
import { rangeColumns, type RangeColumn } from '../../../shared/exchange/laboratory-range-columns.ts';
import { laboratoryRangesSystem } from '../../../shared/schema/code-table.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { issueText } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { timeText } from '../versions/time-text.ts';
import { TableForm } from './table-form.tsx';

/** The reference ranges of the clinic's laboratory, which its results are held against at every workstation. */
export function LaboratoryRanges() {
  const { t } = useTranslation();
  const table = useCall('codes.tables', {}).data?.find(({ system }) => system === laboratoryRangesSystem);
  const load = useCallMutation('codes.loadRanges');
  return (
    <Stack gap="xs" maw="32rem">
      <Text size="sm">{table === undefined ? t('chart.ranges.none') : t('chart.ranges.loaded', { name: table.name, count: table.entries, time: timeText(table.updatedAt) })}</Text>
      {table && <RemoveRanges />}
      {load.error && <ErrorNotice error={load.error} />}
      {load.data && <Outcome outcome={load.data} />}
      <TableForm
        labels={{ name: t('chart.ranges.name'), file: t('chart.tables.file'), load: t('chart.ranges.load') }}
        isPending={load.isPending}
        onLoad={(read) => load.mutate(read, { onSuccess: ({ loaded }) => loaded > 0 && notifyDone(t('chart.ranges.done'), t) })}
      />
    </Stack>
  );
}

function RemoveRanges() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const remove = useCallMutation('codes.removeRanges');
  const close = () => setAsking(false);
  const confirm = () =>
    remove.mutate({}, {
      onSuccess: () => {
        close();
        notifyDone(t('chart.ranges.removed'), t);
      },
    });
  return (
    <>
      <Button w="fit-content" size="xs" variant="default" onClick={() => setAsking(true)}>
        {t('chart.ranges.remove')}
      </Button>
      <ConfirmDialog opened={asking} title={t('chart.ranges.removeTitle')} confirmLabel={t('chart.ranges.remove')} busy={remove.isPending} error={remove.error} onConfirm={confirm} onClose={close}>
        {t('chart.ranges.removeText')}
      </ConfirmDialog>
    </>
  );
}

const rowsShown = 50;
const testsShown = 20;

/** What is wrong with the rows of a file, and which of them are of tests that nobody enters here. */
function Outcome({ outcome: { loaded, problems, unknownTests } }: { outcome: RangesLoaded }) {
  const { t } = useTranslation();
  const isRefused = loaded === 0;
  if (!isRefused && unknownTests.length === 0) return null;
  const title = problems.length > 0 ? t('chart.ranges.problems', { count: problems.length }) : isRefused ? t('chart.ranges.noneKnown') : undefined;
  return (
    <Alert role={isRefused ? 'alert' : 'status'} color={isRefused ? 'red' : 'yellow'} icon={<IconAlertTriangle aria-hidden />} {...(title !== undefined && { title })}>
      <Stack gap="xs">
        {problems.length > 0 && <ProblemTable problems={problems} />}
        {unknownTests.length > 0 && <Text size="sm">{t('chart.ranges.unknown', { tests: [...unknownTests.slice(0, testsShown), ...(unknownTests.length > testsShown ? ['…'] : [])].join(', ') })}</Text>}
      </Stack>
    </Alert>
  );
}

function ProblemTable({ problems }: Pick<RangesLoaded, 'problems'>) {
  const { t } = useTranslation();
  return (
    <>
      {problems.length > rowsShown && <Text size="sm">{t('chart.ranges.problemsCut', { shown: rowsShown })}</Text>}
      <Table aria-label={t('chart.ranges.wrong')} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="end">{t('chart.ranges.row')}</Table.Th>
            <Table.Th>{t('chart.ranges.wrong')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {problems.slice(0, rowsShown).map(({ row, issues }) => (
            <Table.Tr key={row}>
              <Table.Td ta="end">{row}</Table.Td>
              <Table.Td>{issues.map((issue) => sentence(issue, t)).join(' · ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

const isColumn = (path: string): path is RangeColumn => Object.hasOwn(rangeColumns, path);

const sentence = (issue: FieldIssue, t: TFunction): string => (isColumn(issue.path) ? `${t(`chart.ranges.column.${issue.path}`)}: ${issueText(issue, t)}` : issueText(issue, t));
