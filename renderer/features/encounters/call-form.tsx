import { Autocomplete } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EncounterRow } from '../../../shared/contract/encounters.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';

/** The room of the last call: a doctor calls one patient after the other to her own. */
let lastRoom = '';

/** Calls a patient to a room; the screen in the waiting room says so. */
export function CallForm({ encounter, onClose }: { encounter: EncounterRow; onClose: () => void }) {
  const { t } = useTranslation();
  const call = useCallMutation('encounters.call');
  const rooms = useCall('appointments.places', {}).data?.rooms ?? [];
  const [room, setRoom] = useState(encounter.room ?? lastRoom);
  const [missing, setMissing] = useState(false);
  function submit(event?: FormEvent) {
    event?.preventDefault();
    setMissing(room.trim() === '');
    if (room.trim() === '') return;
    call.mutate({ id: encounter.id, rev: encounter.rev, room }, {
      onSuccess: () => {
        lastRoom = room;
        notifyDone(t('encounters.called', { room }), t);
        onClose();
      },
    });
  }
  return (
    <FormDialog title={t('encounters.callTitle', { patient: encounter.patientName })} submitLabel={t('encounters.call')} busy={call.isPending} error={call.error} onSubmit={submit} onClose={onClose}>
      <Autocomplete label={t('encounters.room')} required data-autofocus data={rooms} openOnFocus={rooms.length > 0} maxLength={100} value={room} onChange={setRoom} error={missing && t('issue.required')} />
    </FormDialog>
  );
}
