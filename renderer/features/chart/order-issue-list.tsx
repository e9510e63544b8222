import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OrderIssue } from '../../../shared/chart/order-issues.ts';

/** What speaks against a prescription: what stops it in red, what only warns in yellow. */
export function OrderIssueList({ issues }: { issues: readonly OrderIssue[] }) {
  const { t } = useTranslation();
  return issues.map(({ kind, level, detail }) => (
    <Alert
      key={`${kind} ${detail}`}
      role="alert"
      p="xs"
      variant="light"
      color={level === 'stop' ? 'red' : 'yellow'}
      icon={level === 'stop' ? <IconHandStop size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
      title={t(level === 'stop' ? 'chart.issue.stop' : `chart.issue.${kind}`)}
    >
      {t(`chart.issueText.${kind === 'allergy' && level === 'warn' ? 'related' : kind}`, { detail })}
    </Alert>
  ));
}
