import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCall } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { VersionHistory } from '../versions/version-history.tsx';
import { useChartPatient } from './chart-context.ts';
import { ChartTitle } from './chart-title.tsx';
import { paths } from './paths.ts';
import { readablePatient } from './readable-patient.ts';

/** Every version of the patient's data, and what changed between any two. */
export function PatientHistoryScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useChartPatient();
  useShortcut('back', () => void navigate(paths.patient(id)));
  const { data, error, refetch } = useCall('patients.history', { id });
  return (
    <>
      <ChartTitle>{t('patients.history.title')}</ChartTitle>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader />}
      {data && <VersionHistory versions={data.map(({ content, ...version }) => ({ ...version, fields: readablePatient(content, t) }))} />}
    </>
  );
}
