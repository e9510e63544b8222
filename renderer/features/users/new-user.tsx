import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { AccountFields, type AccountValues } from './account-fields.tsx';

type Values = AccountValues & { username: string; password: string };

export function NewUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCallMutation('users.create');
  const form = useForm<Values>({
    initialValues: { displayName: '', role: 'doctor', department: '', username: '', password: '' },
    validate: validateWith(contract['users.create'].input, t),
  });
  const submit = form.onSubmit((values) =>
    create.mutate(values, {
      onSuccess: () => {
        notifyDone(t('users.added'), t);
        onClose();
      },
      onError: ({ error }) => {
        if (error.code === 'username-taken') form.setFieldError('username', t('error.username-taken.title'));
        else form.setErrors(formErrorsOf(error, t) ?? {});
      },
    }),
    showFirstError,
  );
  return (
    <FormDialog title={t('users.add')} submitLabel={t('common.add')} busy={create.isPending} error={create.error} onSubmit={submit} onClose={onClose}>
      <AccountFields form={form} />
      <TextInput
        label={t('common.username')}
        description={t('users.usernameHint')}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('username')}
      />
      <PasswordInput
        label={t('users.firstPassword')}
        description={t('users.firstPasswordHint')}
        required
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
        {...form.getInputProps('password')}
      />
    </FormDialog>
  );
}
