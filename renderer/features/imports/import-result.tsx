import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { callQuery } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { ImportFindings } from './import-findings.tsx';

/** The import as it runs, and what came of it; also of one that was cancelled, which keeps what was in. */
export function ImportResult({ importId, job, onDone }: { importId: string; job: Job; onDone: () => void }) {
  const { t } = useTranslation();
  const [ended, setEnded] = useState<Job>();
  const report = useQuery({ ...callQuery('imports.report', { importId }), enabled: ended !== undefined, gcTime: 0, refetchOnMount: 'always' });
  const fresh = ended && !report.isFetching ? report.data : undefined;
  return (
    <Stack gap="md">
      <JobProgress job={job} label={t('imports.importing')} cancellable onEnd={setEnded} />
      {report.error && <ErrorNotice error={report.error} />}
      {fresh && (
        <Alert role="status" color={fresh.imported > 0 ? 'green' : 'gray'} title={t('imports.imported', { count: fresh.imported })}>
          <Text size="sm">{t('imports.undoHint')}</Text>
        </Alert>
      )}
      {fresh && <ImportFindings importId={importId} report={fresh} />}
      <Group justify="flex-end">
        <Button disabled={ended === undefined} onClick={onDone}>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}
