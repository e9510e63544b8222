import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Job } from '../../../shared/contract/job.ts';
import { useCallMutation } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { useChartPatient } from '../patients/chart-context.ts';
import { ChartTitle } from '../patients/chart-title.tsx';
import { paths } from '../patients/paths.ts';
import { SaveExport } from './save-export.tsx';

/** Hands one chart over as a bundle of FHIR resources. */
export function ChartExportScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id: patientId } = useChartPatient();
  const [ended, setEnded] = useState<Job>();
  const written = useCallMutation('fhirExports.patient');
  const back = () => void navigate(paths.patient(patientId));
  useShortcut('back', back);
  return (
    <Stack gap="md" align="flex-start">
      <ChartTitle>{t('fhir.exportTitle')}</ChartTitle>
      <Text>{t('fhir.exportHint')}</Text>
      <Alert color="yellow" icon={<IconShieldLock aria-hidden />}>
        {t('exports.warning')}
      </Alert>
      {written.error && <ErrorNotice error={written.error} />}
      {written.data && <JobProgress key={written.data.id} job={written.data} label={t('exports.writing')} cancellable onEnd={setEnded} />}
      <Group>
        <Button variant="default" onClick={back}>
          {t('common.back')}
        </Button>
        {ended?.state === 'done' ? (
          <SaveExport key={ended.id} jobId={ended.id} what="chart" onSaved={back} />
        ) : (
          <Button loading={written.isPending || (written.data !== undefined && ended === undefined)} onClick={() => written.mutate({ patientId })}>
            {t('exports.start')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
