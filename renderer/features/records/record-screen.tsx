import { Group, Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { useCall } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useChartPatient, useIdParam } from '../patients/chart-context.ts';
import { ChartTitle } from '../patients/chart-title.tsx';
import { paths } from '../patients/paths.ts';
import { timeText } from '../versions/time-text.ts';
import { Amendments } from './amendments.tsx';
import { RecordActions } from './record-actions.tsx';
import { RecordBody } from './record-body.tsx';
import { RecordStatusBadge } from './record-status.tsx';

/** One record as it stands, with who answers for it. */
export function RecordScreen() {
  const patient = useChartPatient();
  const id = useIdParam('recordId');
  const navigate = useNavigate();
  useShortcut('back', () => void navigate(paths.patient(patient.id)));
  const { data: record, error, refetch } = useCall('records.get', { id, viewed: true });
  if (!record) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loader m="xl" />;
  return (
    <article>
      <Group justify="space-between" align="flex-start" gap="sm">
        <RecordHead record={record} />
        {!record.deleted && !patient.deleted && <RecordActions record={record} />}
      </Group>
      <RecordBody record={record} />
      <SignatureLine record={record} />
      <Amendments record={record} />
    </article>
  );
}

function RecordHead({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  const { kind, admissionDate, dischargeDate } = record;
  return (
    <Stack gap={2}>
      <Group gap="sm">
        <ChartTitle mb={0}>
          {dischargeDate === undefined ? admissionDate : `${admissionDate} – ${dischargeDate}`} · {t(`records.kind.${kind}`)}
        </ChartTitle>
        <RecordStatusBadge status={record.status} />
      </Group>
      <Text size="sm" c="dimmed">
        {record.department} · {record.doctorName} · {t('records.view.savedAt', { time: timeText(record.updatedAt) })}
      </Text>
      {record.deleted && <Text c="red">{t('records.view.deleted')}</Text>}
    </Stack>
  );
}

function SignatureLine({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  const { signature } = record;
  return (
    <Text fw={600} mt="md" data-signature={record.status}>
      {signature
        ? t('records.view.signedBy', { name: signature.name, time: timeText(signature.at) })
        : t('records.view.unsigned', { name: record.doctorName })}
    </Text>
  );
}
