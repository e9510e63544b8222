import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { ResourceFindings } from './resource-findings.tsx';

interface CheckResourcesProps {
  importId: string;
  /** The check of the file. */
  job: Job;
  onDone: () => void;
}

/** What a file of FHIR resources holds; nothing is brought in before somebody has seen it. */
export function CheckResources({ importId, job, onDone }: CheckResourcesProps) {
  const { t } = useTranslation();
  const [checked, setChecked] = useState<Job>();
  const [ended, setEnded] = useState<Job>();
  const run = useCallMutation('fhirImports.run');
  const report = useQuery({ ...callQuery('fhirImports.report', { importId }), enabled: checked?.state === 'done', gcTime: 0 });
  const fresh = report.data?.collections.reduce((sum, collection) => sum + collection.fresh, 0) ?? 0;
  const bringIn = () => run.mutate({ importId }, { onSuccess: () => setEnded(undefined) });
  function finished(last: Job) {
    setEnded(last);
    void report.refetch();
  }
  return (
    <Stack gap="md">
      <JobProgress job={job} label={t('fhir.checking')} cancellable onEnd={setChecked} />
      {report.error && <ErrorNotice error={report.error} />}
      {report.data && <ResourceFindings importId={importId} report={report.data} />}
      {run.error && <ErrorNotice error={run.error} />}
      {run.data && <JobProgress key={run.data.id} job={run.data} label={t('imports.importing')} cancellable onEnd={finished} />}
      {ended !== undefined && report.data && (
        <Alert role="status" color={report.data.imported > 0 ? 'green' : 'gray'} title={t('fhir.imported', { count: report.data.imported })}>
          <Text size="sm">{t('fhir.importedHint')}</Text>
          {report.data.imported > 0 && <Text size="sm">{t('imports.undoHint')}</Text>}
        </Alert>
      )}
      <Group justify="space-between">
        <Button variant="default" disabled={checked === undefined || (run.data !== undefined && ended === undefined)} onClick={onDone}>
          {t(ended === undefined ? 'common.back' : 'common.close')}
        </Button>
        {run.data === undefined && (
          <Button disabled={fresh === 0} loading={run.isPending} onClick={bringIn}>
            {t('fhir.run', { count: fresh })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
