import { Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Finding } from '../../../shared/record-room/completeness.ts';
import { paths } from '../patients/paths.ts';

/** Where each thing is mended that is in one place; the others are on the summary of the chart or a tab of it. */
const tabs: Partial<Record<Finding['rule'], string>> = {
  'diagnosis-uncoded': 'problems', 'vital-signs-missing': 'vitals', 'allergies-unasked': 'allergies', 'discharge-summary-missing': 'documents',
};

function pathTo({ rule, about }: Finding, patientId: string): string {
  if (about?.collection === 'medicalRecords') return paths.record(patientId, about.id);
  if (about?.collection === 'conflicts') return `/conflicts/${about.id}`;
  return paths.chartTab(patientId, tabs[rule] ?? '');
}

interface FindingsListProps {
  patientId: string;
  findings: readonly Finding[];
  /** Undefined while something required is missing. */
  onSeal: (() => void) | undefined;
}

/** What is missing in a chart, each with the way to where it is mended. */
export function FindingsList({ patientId, findings, onSeal }: FindingsListProps) {
  const { t } = useTranslation();
  const required = findings.filter(({ severity }) => severity === 'required').length;
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h4">{t('recordRoom.check')}</Title>
      <Text size="sm" role="status">{required === 0 ? t('recordRoom.checkComplete') : t('recordRoom.checkMissing', { count: required })}</Text>
      {findings.length > 0 && (
        <List listStyleType="none" spacing="xs" aria-label={t('recordRoom.check')}>
          {findings.map((finding) => (
            <List.Item key={`${finding.rule} ${finding.about?.id ?? ''}`}>
              <Group gap="sm">
                <Badge tt="none" variant="light" color={finding.severity === 'required' ? 'red' : 'yellow'}>{t(`recordRoom.severity.${finding.severity}`)}</Badge>
                <Text size="sm">{t(`recordRoom.rule.${finding.rule}`)}</Text>
                <Button component={Link} to={pathTo(finding, patientId)} size="compact-xs" variant="default" aria-label={`${t('recordRoom.mend')}: ${t(`recordRoom.rule.${finding.rule}`)}`}>{t('recordRoom.mend')}</Button>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
      {onSeal && <Group><Button onClick={onSeal}>{t('recordRoom.seal')}</Button></Group>}
    </Stack>
  );
}
