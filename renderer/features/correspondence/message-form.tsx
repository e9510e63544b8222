import { Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { ColleagueChoice } from './colleague-choice.tsx';
import type { About } from './message-list.tsx';

/** On a referral it goes to the other site; on a patient to a colleague who holds the patient too, or to whoever of this site reads it. */
export function MessageForm({ about, onClose }: { about: About; onClose: () => void }) {
  const { t } = useTranslation();
  const send = useCallMutation('communications.send');
  const [payload, setPayload] = useState('');
  const [recipientId, setRecipientId] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  function submit(event?: FormEvent) {
    event?.preventDefault();
    setMissing(payload.trim() === '');
    if (payload.trim() === '') return;
    send.mutate({ ...about, payload, ...(recipientId !== null && { recipientId }) }, {
      onSuccess: () => {
        notifyDone(t('correspondence.messageSent'), t);
        onClose();
      },
    });
  }
  return (
    <FormDialog title={t('correspondence.messageTitle')} submitLabel={t('correspondence.send')} busy={send.isPending} error={send.error} onSubmit={submit} onClose={onClose}>
      <ColleagueChoice label={t('correspondence.recipient')} value={recipientId} onChange={setRecipientId} />
      <Textarea
        label={t('correspondence.payload')} required autosize minRows={3} maxRows={12} maxLength={10_000} data-autofocus
        value={payload} onChange={(event) => setPayload(event.currentTarget.value)} error={missing && t('issue.required')}
      />
    </FormDialog>
  );
}
