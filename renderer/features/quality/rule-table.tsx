import { Badge, Button, Group, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { cleaningOf, type QualityState } from '../../../shared/contract/quality.ts';
import { severities, type QualityRule, type Severity } from '../../../shared/quality/rules.ts';

const colors: Record<Severity, string> = { error: 'red', warning: 'orange', information: 'gray' };

interface RuleTableProps {
  rules: QualityState['rules'];
  shown: QualityRule | undefined;
  onShow: (rule: QualityRule) => void;
  onMend: (rule: QualityRule) => void;
}

/** What is wrong first. */
export function RuleTable({ rules, shown, onShow, onMend }: RuleTableProps) {
  const { t, i18n } = useTranslation();
  const sorted = rules.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.count - a.count);
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table aria-label={t('quality.rules')} verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('quality.column.rule')}</Table.Th>
            <Table.Th>{t('quality.column.severity')}</Table.Th>
            <Table.Th>{t('quality.column.where')}</Table.Th>
            <Table.Th ta="end">{t('quality.column.count')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map(({ rule, severity, collection, count }) => {
            const name = t(`quality.rule.${rule}`);
            return (
              <Table.Tr key={rule}>
                <Table.Th scope="row" fw={500}>
                  {name}
                </Table.Th>
                <Table.Td>
                  <Badge variant="light" tt="none" color={colors[severity]}>
                    {t(`quality.severity.${severity}`)}
                  </Badge>
                </Table.Td>
                <Table.Td>{t(`quality.collection.${collection}`)}</Table.Td>
                <Table.Td ta="end">{count.toLocaleString(i18n.language)}</Table.Td>
                <Table.Td>
                  <Group gap={6} justify="flex-end" wrap="nowrap">
                    {cleaningOf(rule) && (
                      <Button size="compact-sm" variant="default" aria-label={t('quality.mendAll', { name })} onClick={() => onMend(rule)}>
                        {t('quality.mend')}
                      </Button>
                    )}
                    <Button size="compact-sm" variant={shown === rule ? 'light' : 'default'} aria-pressed={shown === rule} aria-label={t('quality.listOf', { name })} onClick={() => onShow(rule)}>
                      {t('quality.documents')}
                    </Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
