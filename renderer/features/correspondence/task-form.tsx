import { Group, Select, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { requestPriorities } from '../../../shared/schema/service-request.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrorsOf } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { DayInput, dayInputProps } from '../patients/day-input.tsx';
import { ColleagueChoice } from './colleague-choice.tsx';
import type { About } from './message-list.tsx';

/** Something to be done for a patient, by a colleague or by whoever of the other site sees it first. */
export function TaskForm({ about, onClose }: { about: About; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCallMutation('careTasks.create');
  const form = useForm({ initialValues: { description: '', priority: 'routine' as (typeof requestPriorities)[number], due: '', ownerId: null as string | null } });
  const submit = form.onSubmit(({ description, priority, due, ownerId }) =>
    create.mutate({ ...about, description, priority, ...(due !== '' && { due }), ...(ownerId !== null && { ownerId }) }, {
      onSuccess: () => {
        notifyDone(t('correspondence.taskCreated'), t);
        onClose();
      },
      onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}),
    }));
  return (
    <FormDialog title={t('correspondence.taskTitle')} submitLabel={t('correspondence.send')} busy={create.isPending} error={create.error} onSubmit={submit} onClose={onClose}>
      <ColleagueChoice label={t('correspondence.owner')} value={form.values.ownerId} onChange={(id) => form.setFieldValue('ownerId', id)} />
      <Textarea label={t('correspondence.description')} required autosize minRows={2} maxRows={8} maxLength={2000} data-autofocus {...form.getInputProps('description')} />
      <Group grow align="flex-start">
        <Select label={t('correspondence.priority')} allowDeselect={false} data={requestPriorities.map((value) => ({ value, label: t(`correspondence.priorities.${value}`) }))} {...form.getInputProps('priority')} />
        <DayInput label={t('correspondence.due')} {...dayInputProps(form, 'due')} />
      </Group>
    </FormDialog>
  );
}
