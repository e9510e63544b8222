import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FhirImportReport, FhirProblem } from '../../../shared/contract/fhir.ts';
import type { FieldIssue } from '../../../shared/errors.ts';
import { callQuery } from '../../api/queries.ts';
import { Figures } from '../../components/figures.tsx';
import { issueText } from '../../components/form-errors.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import classes from './import-findings.module.css';

/** What a look through a file of FHIR resources found: what is new, what is here already, and what is wrong with the rest. */
export function ResourceFindings({ importId, report }: { importId: string; report: FhirImportReport }) {
  const { t, i18n } = useTranslation();
  const number = (count: number) => count.toLocaleString(i18n.language);
  const ignored = Object.entries(report.ignored);
  return (
    <Stack gap="md">
      <Figures
        figures={[
          { label: t('fhir.resources'), value: number(report.resources) },
          { label: t('fhir.refused'), value: number(report.refused) },
          { label: t('imports.count.possibleDuplicates'), value: number(report.possibleDuplicates) },
        ]}
      />
      <Table aria-label={t('fhir.kinds')} maw="36rem">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('fhir.kind')}</Table.Th>
            <Table.Th ta="end">{t('fhir.fresh')}</Table.Th>
            <Table.Th ta="end">{t('fhir.known')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.collections
            .filter(({ fresh, known }) => fresh + known > 0)
            .map(({ collection, fresh, known }) => (
              <Table.Tr key={collection}>
                <Table.Td>{t(`fhir.collection.${collection}`)}</Table.Td>
                <Table.Td ta="end">{number(fresh)}</Table.Td>
                <Table.Td ta="end">{number(known)}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      {ignored.length > 0 && <Text size="sm">{t('fhir.ignored', { types: ignored.map(([type, count]) => `${type} (${number(count)})`).join(', ') })}</Text>}
      {report.ofRecordRoom > 0 && <Text size="sm">{t('fhir.ofRecordRoom', { count: report.ofRecordRoom })}</Text>}
      {report.refused > 0 && (
        <section aria-label={t('fhir.problems')}>
          <Title order={2} size="h5" mb="xs">
            {t('fhir.problems')}
          </Title>
          <ProblemTable importId={importId} />
        </section>
      )}
    </Stack>
  );
}

function ProblemTable({ importId }: { importId: string }) {
  const { t, i18n } = useTranslation();
  const sentence = (issue: FieldIssue) => (issue.path === '' ? issueText(issue, t) : `${issue.path}: ${issueText(issue, t)}`);
  return (
    <div className={classes.problems}>
      <VirtualTable
        label={t('fhir.problems')}
        columns={[
          { key: 'place', header: t('fhir.place'), width: '8rem', align: 'end', cell: ({ place }: FhirProblem) => place.toLocaleString(i18n.language) },
          { key: 'type', header: t('fhir.kind'), width: '12rem', cell: ({ resourceType }: FhirProblem) => resourceType },
          { key: 'issues', header: t('imports.wrong'), width: 'minmax(20rem, 1fr)', cell: ({ issues }: FhirProblem) => issues.map(sentence).join(' · ') },
        ]}
        page={(window) => callQuery('fhirImports.problems', { importId, ...window })}
        empty={null}
      />
    </div>
  );
}
