import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportField, ImportReport, ImportRowProblem } from '../../../shared/contract/exchange.ts';
import { importFields } from '../../../shared/contract/exchange.ts';
import type { FieldIssue } from '../../../shared/errors.ts';
import { callQuery } from '../../api/queries.ts';
import { Figures } from '../../components/figures.tsx';
import { issueText } from '../../components/form-errors.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import classes from './import-findings.module.css';

const counts = ['rows', 'good', 'bad', 'possibleDuplicates'] as const;

/** What a look through the file found: how many rows are good, and what is wrong with the others, row by row. */
export function ImportFindings({ importId, report }: { importId: string; report: ImportReport }) {
  const { t, i18n } = useTranslation();
  return (
    <Stack gap="md">
      <Figures figures={counts.map((name) => ({ label: t(`imports.count.${name}`), value: report[name].toLocaleString(i18n.language) }))} />
      {report.bad > 0 && (
        <section aria-label={t('imports.problems')}>
          <Title order={2} size="h5">
            {t('imports.problems')}
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t('imports.problemsHint')}
          </Text>
          <ProblemTable importId={importId} />
        </section>
      )}
    </Stack>
  );
}

function ProblemTable({ importId }: { importId: string }) {
  const { t, i18n } = useTranslation();
  const fieldName = ({ path }: FieldIssue) => {
    const field = path.split('.').at(-1) ?? '';
    return isImportField(field) ? t(`imports.field.${field}`) : t('imports.wholeRow');
  };
  const sentence = (issue: FieldIssue) => `${fieldName(issue)}: ${issueText(issue, t)}`;
  return (
    <div className={classes.problems}>
      <VirtualTable
        label={t('imports.problems')}
        columns={[
          { key: 'row', header: t('imports.row'), width: '8rem', align: 'end', cell: ({ row }: ImportRowProblem) => rowOfSpreadsheet(row).toLocaleString(i18n.language) },
          { key: 'issues', header: t('imports.wrong'), width: 'minmax(20rem, 1fr)', cell: ({ issues }: ImportRowProblem) => issues.map(sentence).join(' · ') },
        ]}
        page={(window) => callQuery('imports.problems', { importId, ...window })}
        empty={null}
      />
    </div>
  );
}

/** A spreadsheet numbers the header too. */
const rowOfSpreadsheet = (row: number) => row + 1;

const isImportField = (name: string): name is ImportField => (importFields as readonly string[]).includes(name);
