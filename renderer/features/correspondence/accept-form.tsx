import { Radio, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralRow } from '../../../shared/contract/referrals.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PatientChoice, type ChosenPatient } from '../appointments/patient-choice.tsx';

/** Takes a patient on: newly registered from what was sent, or somebody who is here already. A transferred one comes by itself. */
export function AcceptForm({ referral: { id, kind }, onClose }: { referral: ReferralRow; onClose: () => void }) {
  const { t } = useTranslation();
  const accept = useCallMutation('referrals.accept');
  const [who, setWho] = useState<'new' | 'known'>('new');
  const [patient, setPatient] = useState<ChosenPatient>();
  const [missing, setMissing] = useState(false);
  function submit(event?: FormEvent) {
    event?.preventDefault();
    const lacks = who === 'known' && patient === undefined;
    setMissing(lacks);
    if (lacks) return;
    accept.mutate({ id, ...(who === 'known' && patient && { patientId: patient.id }) }, {
      onSuccess: () => {
        notifyDone(t('correspondence.accepted'), t);
        onClose();
      },
    });
  }
  return (
    <FormDialog title={t('correspondence.acceptTitle')} submitLabel={t('correspondence.accept')} busy={accept.isPending} error={accept.error} onSubmit={submit} onClose={onClose}>
      {kind === 'transfer' ? (
        <Text size="sm">{t('correspondence.acceptTransfer')}</Text>
      ) : (
        <>
          <Radio.Group label={t('correspondence.acceptFor')} description={t('correspondence.acceptHint')} value={who} onChange={(value) => setWho(value as typeof who)}>
            <Stack gap="xs" mt="xs">
              <Radio value="new" label={t('correspondence.acceptNew')} data-autofocus />
              <Radio value="known" label={t('correspondence.acceptKnown')} />
            </Stack>
          </Radio.Group>
          {who === 'known' && <PatientChoice value={patient} onChange={setPatient} error={missing && t('appointments.patientRequired')} />}
        </>
      )}
    </FormDialog>
  );
}
