import { PasswordInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import type { User } from '../../../shared/schema/user.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';

/** A new password for somebody who forgot theirs. Signs that person out everywhere. */
export function ResetPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const reset = useCallMutation('users.resetPassword');
  const form = useForm({
    initialValues: { password: '' },
    validate: ({ password }) => validateWith(contract['users.resetPassword'].input, t)({ id: user.id, password }),
  });
  const submit = form.onSubmit(({ password }) =>
    reset.mutate(
      { id: user.id, password },
      {
        onSuccess: () => {
          notifyDone(t('users.passwordReset'), t);
          onClose();
        },
        onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}),
      },
    ),
    showFirstError,
  );
  return (
    <FormDialog
      title={t('users.passwordOf', { name: user.displayName })}
      submitLabel={t('users.resetPassword')}
      busy={reset.isPending}
      error={reset.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t('users.resetWarning')}</Text>
      <PasswordInput
        label={t('sessions.newPassword')}
        description={t('users.firstPasswordHint')}
        autoComplete="new-password"
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
        {...form.getInputProps('password')}
      />
    </FormDialog>
  );
}
