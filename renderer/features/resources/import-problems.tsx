import { Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ResourceImportReport } from '../../../shared/contract/resources.ts';
import type { FieldIssue } from '../../../shared/errors.ts';
import { resources } from '../../../shared/i18n/index.ts';
import { issueText } from '../../components/form-errors.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import type { ColumnName } from './resource-fields.ts';

type Problem = ResourceImportReport['problems'][number];

/** The rows that an import leaves out, each with its reasons. */
export function ImportProblems({ report: { bad, problems } }: { report: ResourceImportReport }) {
  const { t, i18n } = useTranslation();
  return (
    <section aria-label={t('cloud.problems')}>
      <Title order={3} size="h5">
        {t('cloud.problems')}
      </Title>
      {bad > problems.length && (
        <Text size="sm" c="dimmed">
          {t('cloud.problemsCut', { count: problems.length })}
        </Text>
      )}
      <div style={{ display: 'flex', flexDirection: 'column', height: '14rem', marginTop: '0.25rem' }}>
        <VirtualTable
          label={t('cloud.problems')}
          columns={[
            { key: 'row', header: t('cloud.row'), width: '5rem', align: 'end', cell: ({ row }: Problem) => row.toLocaleString(i18n.language) },
            { key: 'what', header: t('cloud.what'), width: '8rem', cell: ({ collection }: Problem) => t(`cloud.one.${collection}`) },
            { key: 'wrong', header: t('cloud.wrong'), width: 'minmax(18rem, 1fr)', cell: ({ issues }: Problem) => issues.map((issue) => sentence(issue, t)).join(' · ') },
          ]}
          page={problems}
          empty={null}
        />
      </div>
    </section>
  );
}

const isColumn = (name: string): name is ColumnName => Object.hasOwn(resources.en.translation.cloud.column, name);

const sentence = (issue: FieldIssue, t: TFunction): string => {
  const name = issue.path.split('.')[0] ?? '';
  return `${isColumn(name) ? t(`cloud.column.${name}`) : t('cloud.wholeRow')}: ${issueText(issue, t)}`;
};
