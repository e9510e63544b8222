import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { newest, TabScreen } from '../chart/tab-screen.tsx';
import { useChartPatient } from '../patients/chart-context.ts';
import { ReferralForm } from './referral-form.tsx';
import { ReferralTable } from './referral-list.tsx';
import { Thread } from './thread.tsx';

/** In a chart: where its patient was referred to or came from, and what colleagues wrote about them. */
export function CorrespondenceTab() {
  const { t } = useTranslation();
  const may = useMay();
  const patient = useChartPatient();
  const { data: rows, error } = useCall('referrals.listOfPatient', { patientId: patient.id });
  const [params, setParams] = useSearchParams();
  const mayRefer = may('referral.write') && !patient.deleted;
  const open = () => setParams({ refer: '' }, { replace: true });
  useShortcut('new', open, mayRefer);
  return (
    <TabScreen
      patient={patient} title={t('correspondence.title')} freshAt={newest(rows)} error={error}
      actions={mayRefer && <Button size="xs" onClick={open}>{t('correspondence.refer')}</Button>}
    >
      <Stack gap="md">
        {rows?.length === 0 ? <Text>{t('correspondence.none.out')}</Text> : <ReferralTable rows={rows ?? []} label={t('correspondence.title')} />}
        <Thread about={{ patientId: patient.id }} title={t('correspondence.thread')} />
      </Stack>
      {mayRefer && params.has('refer') && <ReferralForm patientId={patient.id} onClose={() => setParams({}, { replace: true })} />}
    </TabScreen>
  );
}
