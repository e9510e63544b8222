import { Anchor, Button, PasswordInput, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';

/** Sets a new password for a user with the clinic's recovery key. */
export function Recover({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const recover = useCallMutation('sessions.recover');
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { recoveryKey: '', username: '', newPassword: '' },
    validate: validateWith(contract['sessions.recover'].input, t),
  });
  useShortcut('back', onBack);
  const submit = form.onSubmit((values) =>
    recover.mutate(values, {
      onSuccess: () => queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey }),
      onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}),
    }),
    showFirstError,
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Title order={1} size="h3">
          {t('sessions.recoverTitle')}
        </Title>
        <Text size="sm">{t('sessions.recoverHint')}</Text>
        {recover.error && recover.error.error.code !== 'invalid-input' && <ErrorNotice error={recover.error} />}
        <Textarea
          label={t('sessions.recoveryKey')}
          description={t('sessions.recoveryKeyHint')}
          autosize
          minRows={2}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          key={form.key('recoveryKey')}
          {...form.getInputProps('recoveryKey')}
        />
        <TextInput
          label={t('common.username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          key={form.key('username')}
          {...form.getInputProps('username')}
        />
        <PasswordInput
          label={t('sessions.newPassword')}
          description={t('sessions.passwordHint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
          key={form.key('newPassword')}
          {...form.getInputProps('newPassword')}
        />
        <Button type="submit" fullWidth loading={recover.isPending}>
          {t('sessions.setPassword')}
        </Button>
        <Anchor component="button" type="button" size="sm" ta="center" onClick={onBack}>
          {t('common.back')}
        </Anchor>
      </Stack>
    </form>
  );
}
