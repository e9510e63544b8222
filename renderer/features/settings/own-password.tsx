import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { PasswordConfirmation, withConfirmation } from '../users/password-confirmation.tsx';

/** Changes one's own password, against the present one. */
export function OwnPassword() {
  const { t } = useTranslation();
  const change = useCallMutation('users.changePassword');
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '', confirmation: '' },
    validate: withConfirmation(validateWith(contract['users.changePassword'].input, t), 'newPassword', t),
  });
  const submit = form.onSubmit(({ currentPassword, newPassword }) =>
    change.mutate(
      { currentPassword, newPassword },
      {
        onSuccess: () => {
          form.reset();
          notifyDone(t('settings.passwordChanged'), t);
        },
        onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}),
      },
    ),
    showFirstError,
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="flex-start">
        {change.error && change.error.error.code !== 'invalid-input' && <ErrorNotice error={change.error} />}
        <PasswordInput
          w="100%"
          label={t('settings.yourPassword')}
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          w="100%"
          label={t('sessions.newPassword')}
          description={t('sessions.passwordHint')}
          autoComplete="new-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
          {...form.getInputProps('newPassword')}
        />
        <PasswordConfirmation w="100%" {...form.getInputProps('confirmation')} />
        <Button type="submit" loading={change.isPending}>
          {t('settings.changePassword')}
        </Button>
      </Stack>
    </form>
  );
}
