import { Button, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralRow } from '../../../shared/contract/referrals.ts';
import { useCallMutation } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { AcceptForm } from './accept-form.tsx';

const answers = {
  reject: { call: 'referrals.reject', title: 'correspondence.rejectTitle', label: 'correspondence.reject', done: 'correspondence.rejected' },
  cancel: { call: 'referrals.cancel', title: 'correspondence.cancelTitle', label: 'correspondence.cancel', done: 'correspondence.cancelled' },
  complete: { call: 'referrals.complete', title: 'correspondence.completeTitle', label: 'correspondence.complete', done: 'correspondence.completed' },
} as const;
type Answer = keyof typeof answers;

/** What this side may do with it now. */
function actionsFor({ direction, status, kind, chartUntil }: ReferralRow): ('accept' | 'endSharing' | Answer)[] {
  const requested = status === 'requested';
  if (direction === 'in') return requested && kind !== 'shared-chart' ? ['accept', 'reject'] : status === 'accepted' ? ['complete'] : [];
  return [...(chartUntil === undefined ? [] : (['endSharing'] as const)), ...(requested ? (['cancel'] as const) : [])];
}

export function ReferralActions({ referral }: { referral: ReferralRow }) {
  const { t } = useTranslation();
  const mayWrite = useMay()('referral.write');
  const [doing, setDoing] = useState<'accept' | 'endSharing' | Answer>();
  const close = () => setDoing(undefined);
  if (!mayWrite) return null;
  return (
    <>
      {actionsFor(referral).map((action) => (
        <Button key={action} variant={action === 'accept' ? 'filled' : 'default'} onClick={() => setDoing(action)}>{t(`correspondence.${action}`)}</Button>
      ))}
      {doing === 'accept' && <AcceptForm referral={referral} onClose={close} />}
      {doing === 'endSharing' && <EndSharing referral={referral} onClose={close} />}
      {doing !== undefined && doing in answers && <AnswerForm referral={referral} answer={doing as Answer} onClose={close} />}
    </>
  );
}

function AnswerForm({ referral: { id }, answer, onClose }: { referral: ReferralRow; answer: Answer; onClose: () => void }) {
  const { t } = useTranslation();
  const { call, title, label, done } = answers[answer];
  const give = useCallMutation(call);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const required = answer !== 'complete';
  function submit(event?: FormEvent) {
    event?.preventDefault();
    setMissing(required && reason.trim() === '');
    if (required && reason.trim() === '') return;
    give.mutate({ id, reason }, {
      onSuccess: () => {
        notifyDone(t(done), t);
        onClose();
      },
    });
  }
  return (
    <FormDialog title={t(title)} submitLabel={t(label)} busy={give.isPending} error={give.error} onSubmit={submit} onClose={onClose}>
      <Textarea
        label={t('correspondence.why')} required={required} autosize minRows={2} maxRows={8} maxLength={2000} data-autofocus
        value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={missing && t('issue.required')}
      />
    </FormDialog>
  );
}

function EndSharing({ referral: { id }, onClose }: { referral: ReferralRow; onClose: () => void }) {
  const { t } = useTranslation();
  const end = useCallMutation('referrals.endSharing');
  function confirm() {
    end.mutate({ id }, {
      onSuccess: () => {
        notifyDone(t('correspondence.sharingEnded'), t);
        onClose();
      },
    });
  }
  return (
    <ConfirmDialog opened title={t('correspondence.endSharingTitle')} confirmLabel={t('correspondence.endSharing')} color="red" busy={end.isPending} error={end.error} onConfirm={confirm} onClose={onClose}>
      {t('correspondence.endSharingExplain')}
    </ConfirmDialog>
  );
}
