import { Button, Group, Loader, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { paths } from '../patients/paths.ts';
import { ComparedFields } from './compared-fields.tsx';

/** Two entries side by side, and what becomes of them. */
export function CompareScreen() {
  const { oneId = '', otherId = '' } = useParams();
  const one = useCall('patients.get', { id: oneId, viewed: true });
  const other = useCall('patients.get', { id: otherId, viewed: true });
  if (one.data && other.data) return <Compare key={one.data.id} one={one.data} other={other.data} />;
  return one.error || other.error ? <ErrorNotice error={one.error ?? other.error} /> : <Loader m="xl" />;
}

function Compare({ one, other }: { one: Patient; other: Patient }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const merge = useCallMutation('patients.merge');
  const keepApart = useCallMutation('patients.keepApart');
  // Who came first has the number that more papers bear.
  const [staysId, setStaysId] = useState(one.createdAt <= other.createdAt ? one.id : other.id);
  const [asking, setAsking] = useState(false);
  const [stays, goes] = staysId === one.id ? [one, other] : [other, one];
  useShortcut('back', () => void navigate('/duplicates'));
  useShortcut('save', () => setAsking(true), !asking);
  const confirm = () =>
    merge.mutate({ survivor: { id: stays.id, rev: stays.rev }, replaced: { id: goes.id, rev: goes.rev } }, {
      onSuccess: () => {
        notifyDone(t('duplicates.merged'), t);
        void navigate(paths.patient(stays.id));
      },
    });
  const apart = () =>
    keepApart.mutate({ id: one.id, rev: one.rev, otherId: other.id }, {
      onSuccess: () => {
        notifyDone(t('duplicates.keptApart'), t);
        void navigate('/duplicates');
      },
    });
  return (
    <Page wide>
      <PageHeader title={t('duplicates.compare')} description={t('duplicates.compareIntro')} />
      {keepApart.error && <ErrorNotice error={keepApart.error} />}
      <ComparedFields one={one} other={other} />
      <Radio.Group aria-label={t('duplicates.merge')} value={staysId} onChange={setStaysId}>
        <Group>
          {[one, other].map(({ id, name, medicalRecordNumber }) => (
            <Radio key={id} value={id} label={t('duplicates.stays', { name, number: medicalRecordNumber })} />
          ))}
        </Group>
      </Radio.Group>
      <Group gap="xs">
        <Button onClick={() => setAsking(true)}>{t('duplicates.merge')}</Button>
        <Button variant="default" loading={keepApart.isPending} onClick={apart}>{t('duplicates.keepApart')}</Button>
      </Group>
      <ConfirmDialog opened={asking} title={t('duplicates.mergeTitle')} confirmLabel={t('duplicates.merge')} busy={merge.isPending} error={merge.error} onConfirm={confirm} onClose={() => setAsking(false)}>
        {t('duplicates.mergeExplain', { number: goes.medicalRecordNumber, stays: `${stays.name} · ${stays.medicalRecordNumber}` })}
      </ConfirmDialog>
    </Page>
  );
}
