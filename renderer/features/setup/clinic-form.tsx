import { Button, Fieldset, Group, PasswordInput, Stack, Switch, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import { Entrance } from '../../app/entrance.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { PasswordConfirmation, withConfirmation } from '../users/password-confirmation.tsx';
import { useCreateClinic } from './use-setup.ts';

/** The first workstation of a clinic: the clinic, and its first administrator. */
export function ClinicForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const createClinic = useCreateClinic();
  const check = withConfirmation(validateWith(contract['setup.createClinic'].input, t), 'admin.password', t);
  const form = useForm({
    initialValues: {
      site: { organisationName: '', name: '', address: '', phone: '', departments: t('setup.usualDepartments').split('|') },
      admin: { username: '', displayName: '', password: '' },
      confirmation: '',
      serve: false,
    },
    // What happens after the set-up is no part of it.
    validate: ({ serve: _serve, ...values }) => check(values),
  });
  useShortcut('back', onBack);
  const submit = form.onSubmit(({ site, admin, serve }) =>
    createClinic.mutate({ site, admin, serve }, { onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}) }),
    showFirstError,
  );
  return (
    <Entrance wide>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Title order={1} size="h3">
            {t('setup.newClinic')}
          </Title>
          {createClinic.error && createClinic.error.error.code !== 'invalid-input' && <ErrorNotice error={createClinic.error} />}
          <Fieldset legend={t('setup.clinic')}>
            <Stack gap="sm">
              <TextInput label={t('setup.organisationName')} description={t('setup.organisationHint')} autoFocus required {...form.getInputProps('site.organisationName')} />
              <TextInput label={t('setup.clinicName')} description={t('setup.clinicNameHint')} required {...form.getInputProps('site.name')} />
              <TextInput label={t('setup.address')} autoComplete="street-address" {...form.getInputProps('site.address')} />
              <TextInput label={t('setup.phone')} autoComplete="tel" {...form.getInputProps('site.phone')} />
              <TagsInput label={t('setup.departments')} description={t('setup.departmentsHint')} clearable={false} {...form.getInputProps('site.departments')} />
            </Stack>
          </Fieldset>
          <Fieldset legend={t('setup.admin')}>
            <Stack gap="sm">
              <Text size="sm" c="dimmed">
                {t('setup.adminHint')}
              </Text>
              <TextInput label={t('common.displayName')} autoComplete="name" required {...form.getInputProps('admin.displayName')} />
              <TextInput
                label={t('common.username')}
                description={t('users.usernameHint')}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                required
                {...form.getInputProps('admin.username')}
              />
              <PasswordInput
                label={t('common.password')}
                description={t('sessions.passwordHint')}
                autoComplete="new-password"
                required
                visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
                {...form.getInputProps('admin.password')}
              />
              <PasswordConfirmation {...form.getInputProps('confirmation')} />
            </Stack>
          </Fieldset>
          <Switch label={t('hub.firstRun')} description={t('hub.firstRunHint')} {...form.getInputProps('serve', { type: 'checkbox' })} />
          <Group justify="space-between">
            <Button variant="default" onClick={onBack}>
              {t('common.back')}
            </Button>
            <Button type="submit" loading={createClinic.isPending}>
              {t('setup.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Entrance>
  );
}
