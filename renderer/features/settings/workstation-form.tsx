import { Button, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { workstationSettingsSchema, type Setting } from '../../../shared/schema/setting.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';

/** Lock time and backup schedule of this workstation. */
export function WorkstationForm() {
  const settings = useCall('settings.get', {});
  if (settings.error) return <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />;
  return settings.data ? <Form key={settings.data.rev} settings={settings.data} /> : null;
}

function Form({ settings }: { settings: Setting }) {
  const { t } = useTranslation();
  const update = useCallMutation('settings.update');
  const form = useForm({ initialValues: valuesOf(settings), validate: validateWith(workstationSettingsSchema, t) });
  const submit = form.onSubmit((values) =>
    update.mutate(values, {
      onSuccess: () => notifyDone(t('common.saved'), t),
      onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}),
    }),
    showFirstError,
  );
  useShortcut('save', () => submit(), form.isDirty());
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="flex-start">
        {update.error && update.error.error.code !== 'invalid-input' && <ErrorNotice error={update.error} />}
        <NumberInput label={t('settings.lockAfter')} suffix={` ${t('settings.minutes')}`} min={1} max={240} clampBehavior="none" {...form.getInputProps('lockAfterMinutes')} />
        <NumberInput
          label={t('settings.backupEvery')}
          description={t('settings.backupEveryHint')}
          suffix={` ${t('settings.hours')}`}
          min={0}
          max={720}
          clampBehavior="none"
          {...form.getInputProps('backupEveryHours')}
        />
        <NumberInput label={t('settings.backupsKept')} min={1} max={365} clampBehavior="none" {...form.getInputProps('backupsKept')} />
        <Select
          label={t('settings.roomBoardNames')}
          allowDeselect={false}
          data={(['masked', 'number'] as const).map((value) => ({ value, label: t(`settings.roomBoard.${value}`) }))}
          {...form.getInputProps('roomBoardNames')}
        />
        <TextInput w="100%" label={t('settings.backupFolder')} description={t('settings.backupFolderHint')} spellCheck={false} {...form.getInputProps('backupFolder')} />
        <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
          {t('common.save')}
        </Button>
      </Stack>
    </form>
  );
}

const valuesOf = ({ lockAfterMinutes, backupEveryHours, backupsKept, backupFolder = '', roomBoardNames = 'masked' }: Setting) => ({
  roomBoardNames,
  lockAfterMinutes,
  backupEveryHours,
  backupsKept,
  backupFolder,
});
