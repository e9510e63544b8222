import { Button, Group, PasswordInput, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupSecret } from '../../../shared/contract/backups.ts';

interface SecretFormProps {
  busy: boolean;
  disabled: boolean;
  onSubmit: (secret: BackupSecret) => void;
  /** Stands left of the button. */
  children: ReactNode;
}

/** What opens a backup: an administrator's password of that time, or the clinic's recovery key. */
export function SecretForm({ busy, disabled, onSubmit, children }: SecretFormProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<BackupSecret['kind']>('password');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [recoveryKey, setRecoveryKey] = useState('');
  const complete = kind === 'password' ? username.trim() !== '' && password !== '' : recoveryKey.trim() !== '';

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || disabled || !complete) return;
    onSubmit(kind === 'password' ? { kind, username: username.trim(), password } : { kind, recoveryKey });
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('backups.openWith')}
          data={[
            { value: 'password', label: t('backups.withPassword') },
            { value: 'recovery-key', label: t('backups.withRecoveryKey') },
          ]}
          value={kind}
          onChange={(chosen) => setKind(chosen as BackupSecret['kind'])}
        />
        {kind === 'password' ? (
          <>
            <Text size="sm" c="dimmed">
              {t('backups.passwordHint')}
            </Text>
            <TextInput
              label={t('common.username')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('common.password')}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        ) : (
          <Textarea
            label={t('sessions.recoveryKey')}
            description={t('sessions.recoveryKeyHint')}
            autosize
            minRows={2}
            autoComplete="off"
            spellCheck={false}
            value={recoveryKey}
            onChange={(event) => setRecoveryKey(event.currentTarget.value)}
          />
        )}
        <Group justify="space-between">
          {children}
          <Button type="submit" loading={busy} disabled={disabled || !complete}>
            {t('common.restore')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
