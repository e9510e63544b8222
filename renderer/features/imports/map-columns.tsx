import { Alert, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { encodings, importFields, type Encoding, type ImportField, type ImportInspection } from '../../../shared/contract/exchange.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { ImportPlan } from './check-rows.tsx';
import { assignColumn, fieldOfColumn } from './import-mapping.ts';

interface MapColumnsProps {
  importId: string;
  inspection: ImportInspection;
  /** The choices of a former visit to this step. */
  plan: ImportPlan | undefined;
  onChecking: (plan: ImportPlan, job: Job) => void;
  onBack: () => void;
}

/** Which character set the file is in, and which of its columns is what. */
export function MapColumns({ importId, inspection: first, plan, onChecking, onBack }: MapColumnsProps) {
  const { t } = useTranslation();
  const [encoding, setEncoding] = useState<Encoding>(plan?.encoding ?? first.encoding);
  const [mapping, setMapping] = useState(plan?.mapping);
  const inspected = useCall('imports.inspect', { importId, encoding });
  const dryRun = useCallMutation('imports.dryRun');
  const inspection = inspected.data ?? first;
  // Column names in the right characters may suggest more than the garbled ones did.
  const chosen = mapping ?? inspection.suggestedMapping;
  useShortcut('back', onBack);

  function check() {
    const input = { importId, encoding, mapping: chosen };
    dryRun.mutate(input, { onSuccess: (job) => onChecking(input, job) });
  }
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="md">
        <Select
          label={t('imports.encoding')}
          w="18rem"
          allowDeselect={false}
          data={encodings.map((value) => ({ value, label: t(`imports.encodings.${value}`) }))}
          value={encoding}
          onChange={(value) => value && setEncoding(value as Encoding)}
        />
        <Text size="sm" c="dimmed">
          {t('imports.encodingHint')}
        </Text>
      </Group>
      {inspected.error && <ErrorNotice error={inspected.error} />}
      <ColumnTable inspection={inspection} fieldOf={(column) => fieldOfColumn(chosen, column)} assign={(column, field) => setMapping(assignColumn(chosen, column, field))} />
      {chosen.name === undefined && <Alert color="yellow">{t('imports.nameNeeded')}</Alert>}
      {dryRun.error && <ErrorNotice error={dryRun.error} />}
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t('common.back')}
        </Button>
        <Button disabled={chosen.name === undefined} loading={dryRun.isPending} onClick={check}>
          {t('imports.check')}
        </Button>
      </Group>
    </Stack>
  );
}

interface ColumnTableProps {
  inspection: ImportInspection;
  fieldOf: (column: number) => ImportField | undefined;
  assign: (column: number, field: ImportField | undefined) => void;
}

const examplesShown = 3;

function ColumnTable({ inspection, fieldOf, assign }: ColumnTableProps) {
  const { t } = useTranslation();
  const options = importFields.map((field) => ({ value: field, label: t(`imports.field.${field}`) }));
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={t('imports.columns')} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('imports.columnInFile')}</Table.Th>
            <Table.Th>{t('imports.examples')}</Table.Th>
            <Table.Th>{t('imports.importAs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {inspection.columns.map((name, column) => (
            <Table.Tr key={column}>
              <Table.Th scope="row" fw={500}>
                {name === '' ? t('imports.unnamedColumn', { number: column + 1 }) : name}
              </Table.Th>
              <Table.Td>
                <Text size="sm" c="dimmed" lineClamp={2}>
                  {examplesOf(inspection, column).join(' · ')}
                </Text>
              </Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  aria-label={t('imports.importColumnAs', { column: name })}
                  placeholder={t('imports.leaveOut')}
                  clearable
                  clearButtonProps={{ 'aria-label': t('imports.leaveOut') }}
                  data={options}
                  value={fieldOf(column) ?? null}
                  onChange={(field) => assign(column, (field ?? undefined) as ImportField | undefined)}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const examplesOf = ({ sampleRows }: ImportInspection, column: number) =>
  sampleRows
    .map((row) => row[column] ?? '')
    .filter((cell) => cell !== '')
    .slice(0, examplesShown);
