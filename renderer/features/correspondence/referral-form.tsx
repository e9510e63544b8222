import { Checkbox, Group, NumberInput, Radio, Select, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../../shared/contract/index.ts';
import { referralKinds } from '../../../shared/schema/referral.ts';
import { requestPriorities } from '../../../shared/schema/service-request.ts';
import { referredParts } from '../../../shared/schema/shared-chart.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrorsOf } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { readDay } from '../patients/calendar-day.ts';
import { DayInput, dayInputProps } from '../patients/day-input.tsx';
import { ColleagueChoice } from './colleague-choice.tsx';
import { DocumentChoice, useSendableDocuments } from './document-choice.tsx';

type Send = CallInput<'referrals.send'>;
interface Values extends Omit<Send, 'patientId' | 'recipientId' | 'days' | 'since' | 'keepCopy' | 'documentIds'> {
  /** Documents and pictures whose boxes are not ticked: all are at first. */
  leftOut: string[];
  keepCopy: boolean;
  recipientId: string | null;
  since: string;
  days: number | string;
}

/** A letter to another site, with the parts of the chart that it is to have. Written without a line, it waits with all other work. */
export function ReferralForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const send = useCallMutation('referrals.send');
  const { data: recipients } = useCall('referrals.recipients', {});
  const form = useForm<Values>({
    initialValues: { kind: 'referral', keepCopy: true, recipientSiteId: '', recipientId: null, priority: 'routine', reason: '', parts: ['allergyIntolerances', 'conditions', 'medicationRequests'], leftOut: [], since: '', days: 30 },
  });
  const documents = useSendableDocuments(patientId, form.values.since);
  const submit = form.onSubmit(({ recipientId, since, days, keepCopy, leftOut, ...letter }) => {
    if (letter.recipientSiteId === '') return form.setErrors({ recipientSiteId: t('issue.required') });
    const documentIds = documents?.map(({ id }) => id).filter((id) => !leftOut.includes(id));
    const input = { ...letter, patientId, ...(documentIds && { documentIds }), days: Number(days), ...(since !== '' && { since }), ...(letter.kind === 'transfer' && { keepCopy }), ...(recipientId !== null && { recipientId }) };
    return send.mutate(input, {
      onSuccess: () => {
        notifyDone(t('correspondence.sent'), t);
        onClose();
      },
      onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}),
    });
  });
  const { kind } = form.values;
  return (
    <FormDialog title={t('correspondence.referTitle')} submitLabel={t('correspondence.send')} busy={send.isPending} error={send.error} onSubmit={submit} onClose={onClose} size="lg">
      {recipients?.sites.length === 0 && <Text role="status" size="sm">{t('correspondence.noSites')}</Text>}
      <Select
        label={t('correspondence.column.kind')} description={t(`correspondence.kindHint.${kind}`)} allowDeselect={false} data-autofocus
        data={referralKinds.map((value) => ({ value, label: t(`correspondence.kind.${value}`) }))} {...form.getInputProps('kind')}
      />
      {kind === 'transfer' && <KeepCopy value={form.values.keepCopy} onChange={(keepCopy) => form.setFieldValue('keepCopy', keepCopy)} />}
      <Group grow align="flex-start">
        <Select label={t('correspondence.recipientSite')} required data={(recipients?.sites ?? []).map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps('recipientSiteId')} />
        <ColleagueChoice label={t('correspondence.recipient')} value={form.values.recipientId} onChange={(id) => form.setFieldValue('recipientId', id)} />
      </Group>
      <Select label={t('correspondence.priority')} allowDeselect={false} data={requestPriorities.map((value) => ({ value, label: t(`correspondence.priorities.${value}`) }))} {...form.getInputProps('priority')} />
      <Textarea label={t('correspondence.reason')} required autosize minRows={3} maxRows={10} maxLength={10_000} {...form.getInputProps('reason')} />
      <Parts patientId={patientId} since={form.values.since} value={form.values.parts} onChange={(parts) => form.setFieldValue('parts', parts)} />
      {form.values.parts.includes('documentReferences') && (
        <DocumentChoice documents={documents ?? []} leftOut={form.values.leftOut} onChange={(leftOut) => form.setFieldValue('leftOut', leftOut)} />
      )}
      <Group grow align="flex-start">
        <DayInput label={t('correspondence.since')} {...dayInputProps(form, 'since')} />
        <NumberInput label={t('correspondence.days')} description={t('correspondence.daysHint')} required min={1} max={365} {...form.getInputProps('days')} />
      </Group>
    </FormDialog>
  );
}

const copyChoices = ['keep', 'move'] as const;

/** A site that must keep its record for years is not to lose it by the choice that is made first. */
function KeepCopy({ value, onChange }: { value: boolean; onChange: (keepCopy: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('correspondence.keepCopy.label')} value={value ? 'keep' : 'move'} onChange={(choice) => onChange(choice === 'keep')}>
      <Stack gap="xs" mt={4}>
        {copyChoices.map((choice) => (
          <Radio key={choice} value={choice} label={t(`correspondence.keepCopy.${choice}`)} description={t(`correspondence.keepCopy.${choice}Hint`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Parts({ patientId, since, value, onChange }: { patientId: string; since: string; value: Send['parts']; onChange: (parts: Send['parts']) => void }) {
  const { t } = useTranslation();
  const day = readDay(since);
  const { data: counts } = useCall('referrals.count', { patientId, ...(day !== undefined && { since: day }) });
  return (
    <Checkbox.Group label={t('correspondence.parts')} value={value} onChange={(parts) => onChange(parts as Send['parts'])}>
      <Stack gap={4} mt={4}>
        {referredParts.map((part) => (
          <Checkbox key={part} value={part} label={t('correspondence.partCount', { part: t(`correspondence.part.${part}`), count: counts?.[part] ?? 0 })} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
