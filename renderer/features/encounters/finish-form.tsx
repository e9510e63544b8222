import { Radio, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EncounterRow } from '../../../shared/contract/encounters.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';

/** Ends a visit: the patient was seen, or left before. */
export function FinishForm({ encounter, onClose }: { encounter: EncounterRow; onClose: () => void }) {
  const { t } = useTranslation();
  const finish = useCallMutation('encounters.finish');
  const [status, setStatus] = useState<'finished' | 'cancelled'>(encounter.status === 'in-progress' ? 'finished' : 'cancelled');
  function submit(event?: FormEvent) {
    event?.preventDefault();
    finish.mutate({ id: encounter.id, rev: encounter.rev, status }, {
      onSuccess: () => {
        notifyDone(t('encounters.finished'), t);
        onClose();
      },
    });
  }
  return (
    <FormDialog title={t('encounters.finishTitle', { patient: encounter.patientName })} submitLabel={t('common.save')} busy={finish.isPending} error={finish.error} onSubmit={submit} onClose={onClose}>
      <Radio.Group aria-label={t('encounters.finish')} value={status} onChange={(value) => setStatus(value as typeof status)}>
        <Stack gap="xs">
          <Radio value="finished" label={t('encounters.finish')} />
          <Radio value="cancelled" label={t('encounters.left')} />
        </Stack>
      </Radio.Group>
    </FormDialog>
  );
}
