import { Autocomplete, Group, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { templateSections, textTemplateInputSchema, textTemplateKinds, type TextTemplate } from '../../../shared/schema/text-template.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useSessionUser } from '../../app/session.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { notifySaved } from './notify-saved.tsx';

const fields = ['kind', 'title', 'shortcut', 'department', 'text', ...templateSections] as const;
type Values = Record<(typeof fields)[number], string> & { kind: TextTemplate['kind'] };

/** Of the two kinds only the fields of the chosen one are sent. */
const meant = ({ kind, text, chiefComplaint, diagnosis, treatment, prescription, ...head }: Values) => ({
  kind, ...head, ...(kind === 'snippet' ? { text } : { chiefComplaint, diagnosis, treatment, prescription }),
});

/** Writes a ready text, or changes it. */
export function TemplateForm({ template, onClose }: { template: TextTemplate | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const user = useSessionUser();
  const departments = useCall('sites.current', {}).data?.departments ?? [];
  const create = useCallMutation('textTemplates.create');
  const update = useCallMutation('textTemplates.update');
  const check = validateWith(textTemplateInputSchema, t);
  const form = useForm<Values>({
    initialValues: {
      ...(Object.fromEntries(fields.map((field) => [field, template?.[field] ?? ''])) as Values), kind: template?.kind ?? 'snippet', department: template ? (template.department ?? '') : (user.department ?? ''),
    },
    validate: (values) => check(meant(values)),
  });
  const after = {
    onSuccess: () => {
      void notifySaved(t('habits.templateSaved'), t);
      onClose();
    },
    onError: ({ error }: { error: Parameters<typeof formErrorsOf>[0] }) => form.setErrors(withoutNoun(formErrorsOf(error, t) ?? {})),
  };
  const submit = form.onSubmit((values) => {
    if (template) update.mutate({ id: template.id, rev: template.rev, template: meant(values) }, after);
    else create.mutate({ template: meant(values) }, after);
  }, showFirstError);
  return (
    <FormDialog
      title={t(template ? 'habits.templateEdit' : 'habits.templateNew')} submitLabel={t('common.save')} size="lg"
      busy={create.isPending || update.isPending} error={create.error ?? update.error} onSubmit={submit} onClose={onClose}
    >
      <SegmentedControl aria-label={t('habits.field.kind')} data={textTemplateKinds.map((value) => ({ value, label: t(`habits.kind.${value}`) }))} {...form.getInputProps('kind')} />
      <TextInput label={t('habits.field.title')} withAsterisk data-autofocus {...form.getInputProps('title')} />
      <Group grow align="flex-start">
        {form.values.kind === 'snippet' && <TextInput label={t('habits.field.shortcut')} description={t('habits.shortcutHint')} {...form.getInputProps('shortcut')} />}
        <Autocomplete label={t('habits.field.department')} description={t('habits.departmentHint')} data={departments} autoComplete="off" {...form.getInputProps('department')} />
      </Group>
      {form.values.kind === 'snippet' ? (
        <Textarea label={t('habits.field.text')} withAsterisk autosize minRows={4} maxRows={16} {...form.getInputProps('text')} />
      ) : (
        templateSections.map((section) => <Textarea key={section} label={t(`records.field.${section}`)} autosize minRows={2} maxRows={8} {...form.getInputProps(section)} />)
      )}
    </FormDialog>
  );
}

/** The call names its fields below `template`; the form is the template. */
const withoutNoun = (errors: Record<string, string>) => Object.fromEntries(Object.entries(errors).map(([path, text]) => [path.replace(/^template\./, ''), text]));
