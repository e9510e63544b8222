import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { ResourceImportReport } from '../../../shared/contract/resources.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Figures } from '../../components/figures.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { ImportProblems } from './import-problems.tsx';

export type ResourceImportPlan = CallInput<'resources.import'>;

interface ImportCheckedProps {
  plan: ResourceImportPlan;
  report: ResourceImportReport;
  onBack: () => void;
  onClose: () => void;
}

const counts = ['rows', 'created', 'updated', 'unchanged', 'bad'] as const;

/** What a file changes, and the import itself. */
export function ImportChecked({ plan, report, onBack, onClose }: ImportCheckedProps) {
  const { t, i18n } = useTranslation();
  const [ended, setEnded] = useState<Job>();
  const run = useCallMutation('resources.import');
  const changes = report.created + report.updated;
  return (
    <Stack gap="md">
      <section aria-label={t('cloud.checked')}>
        <Title order={3} size="h5" mb={4}>
          {t('cloud.checked')}
        </Title>
        <Figures figures={counts.map((name) => ({ label: t(`cloud.count.${name}`), value: report[name].toLocaleString(i18n.language) }))} />
      </section>
      {changes === 0 && report.bad === 0 && <Alert color="gray">{t('cloud.importNothing')}</Alert>}
      {report.ignored.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('cloud.ignored', { columns: report.ignored.join(t('auditLog.listSeparator')) })}
        </Text>
      )}
      {report.bad > 0 && <ImportProblems report={report} />}
      {run.error && <ErrorNotice error={run.error} />}
      {run.data && <JobProgress job={run.data} label={t('cloud.importing')} doneText={t('cloud.imported', { count: changes })} cancellable onEnd={setEnded} />}
      <Group justify="flex-end" gap="xs">
        {run.data === undefined && (
          <>
            <Button variant="default" onClick={onBack}>
              {t('common.back')}
            </Button>
            <Button disabled={changes === 0} loading={run.isPending} onClick={() => run.mutate(plan)} data-autofocus>
              {t('cloud.importRun', { count: changes })}
            </Button>
          </>
        )}
        {run.data && (
          <Button disabled={ended === undefined} onClick={onClose}>
            {t('common.close')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
