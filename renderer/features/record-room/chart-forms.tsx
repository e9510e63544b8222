import { Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartDetails } from '../../../shared/contract/record-room.ts';
import { fieldIssues } from '../../../shared/field-issues.ts';
import type { ArchivedChart } from '../../../shared/schema/archived-chart.ts';
import { chartLoanInputSchema } from '../../../shared/schema/chart-loan.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrors, formErrorsOf } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { DayInput } from '../patients/day-input.tsx';

/** What a form does once it went well. */
function useDone(onClose: () => void) {
  const { t } = useTranslation();
  return (text: 'sealed' | 'moved' | 'lent') => () => {
    notifyDone(t(`recordRoom.${text}`), t);
    onClose();
  };
}

/** Seals a chart, after saying what that means. */
export function SealForm({ chart, onClose }: { chart: ChartDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const seal = useCallMutation('recordRoom.seal');
  const done = useDone(onClose);
  const [location, setLocation] = useState('');
  function submit(event?: FormEvent) {
    event?.preventDefault();
    seal.mutate({ id: chart.id, location }, { onSuccess: done('sealed') });
  }
  return (
    <FormDialog title={t('recordRoom.seal')} submitLabel={t('recordRoom.sealConfirm')} busy={seal.isPending} error={seal.error} onSubmit={submit} onClose={onClose}>
      <Text size="sm">{t('recordRoom.sealExplain')}</Text>
      <TextInput label={t('recordRoom.location')} description={t('recordRoom.locationHint')} data-autofocus maxLength={200} value={location} onChange={(event) => setLocation(event.currentTarget.value)} />
    </FormDialog>
  );
}

/** Seals a chart anew with what was amended or came late, and why. */
export function SealAnewForm({ archived: { id, rev }, onClose }: { archived: ArchivedChart; onClose: () => void }) {
  const { t } = useTranslation();
  const seal = useCallMutation('recordRoom.sealAnew');
  const done = useDone(onClose);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  function submit(event?: FormEvent) {
    event?.preventDefault();
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') seal.mutate({ id, rev, reason }, { onSuccess: done('sealed') });
  }
  return (
    <FormDialog title={t('recordRoom.sealAnew')} submitLabel={t('recordRoom.sealConfirm')} busy={seal.isPending} error={seal.error} onSubmit={submit} onClose={onClose}>
      <Text size="sm">{t('recordRoom.sealAnewExplain')}</Text>
      <Textarea label={t('recordRoom.reason')} required data-autofocus autosize minRows={2} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={missing && t('issue.required')} />
    </FormDialog>
  );
}

/** Notes where the paper original is. */
export function MoveForm({ archived: { id, rev, location: before = '' }, onClose }: { archived: ArchivedChart; onClose: () => void }) {
  const { t } = useTranslation();
  const move = useCallMutation('recordRoom.move');
  const done = useDone(onClose);
  const [location, setLocation] = useState(before);
  const [missing, setMissing] = useState(false);
  function submit(event?: FormEvent) {
    event?.preventDefault();
    setMissing(location.trim() === '');
    if (location.trim() !== '') move.mutate({ id, rev, location }, { onSuccess: done('moved') });
  }
  return (
    <FormDialog title={t('recordRoom.moveTitle')} submitLabel={t('common.save')} busy={move.isPending} error={move.error} onSubmit={submit} onClose={onClose}>
      <TextInput label={t('recordRoom.location')} required data-autofocus maxLength={200} value={location} onChange={(event) => setLocation(event.currentTarget.value)} error={missing && t('issue.required')} />
    </FormDialog>
  );
}

/** Lends the paper original. */
export function LendForm({ archived: { id }, onClose }: { archived: ArchivedChart; onClose: () => void }) {
  const { t } = useTranslation();
  const lend = useCallMutation('recordRoom.lend');
  const done = useDone(onClose);
  const [loan, setLoan] = useState({ borrowerName: '', purpose: '', dueDate: '' });
  const [typed, setTyped] = useState<Partial<Record<string, string>>>({});
  const refused = lend.error === null ? {} : (formErrorsOf(lend.error.error, t) ?? {});
  const errorOf = (field: keyof typeof loan) => typed[field] ?? refused[`loan.${field}`];
  function submit(event?: FormEvent) {
    event?.preventDefault();
    const parsed = chartLoanInputSchema.safeParse(loan);
    setTyped(parsed.success ? {} : formErrors(fieldIssues(parsed.error), t));
    if (parsed.success) lend.mutate({ id, loan: parsed.data }, { onSuccess: done('lent') });
  }
  return (
    <FormDialog title={t('recordRoom.lendTitle')} submitLabel={t('recordRoom.lend')} busy={lend.isPending} error={lend.error} onSubmit={submit} onClose={onClose}>
      <TextInput label={t('recordRoom.borrower')} required data-autofocus maxLength={200} value={loan.borrowerName} onChange={(event) => setLoan({ ...loan, borrowerName: event.currentTarget.value })} error={errorOf('borrowerName')} />
      <TextInput label={t('recordRoom.purpose')} maxLength={500} value={loan.purpose} onChange={(event) => setLoan({ ...loan, purpose: event.currentTarget.value })} error={errorOf('purpose')} />
      <DayInput label={t('recordRoom.dueDate')} required value={loan.dueDate} onChange={(dueDate) => setLoan({ ...loan, dueDate })} error={errorOf('dueDate')} />
    </FormDialog>
  );
}
