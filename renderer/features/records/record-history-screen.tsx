import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useCall } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useChartPatient, useIdParam } from '../patients/chart-context.ts';
import { ChartTitle } from '../patients/chart-title.tsx';
import { paths } from '../patients/paths.ts';
import { VersionHistory } from '../versions/version-history.tsx';
import { readableRecord } from './readable-record.ts';

/** Every version of a record, the signed original included, and what changed between any two. */
export function RecordHistoryScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const patient = useChartPatient();
  const id = useIdParam('recordId');
  const [search] = useSearchParams();
  useShortcut('back', () => void navigate(paths.record(patient.id, id)));
  const { data, error, refetch } = useCall('records.history', { id });
  return (
    <>
      <ChartTitle>{t('records.history.title')}</ChartTitle>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader />}
      {data && (
        <VersionHistory
          versions={data.map(({ content, ...version }) => ({ ...version, fields: readableRecord(content, t) }))}
          olderRev={search.get('older') ?? undefined}
        />
      )}
    </>
  );
}
