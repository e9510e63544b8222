import { Anchor, Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { useStatus } from '../../api/use-status.ts';
import { Entrance } from '../../app/entrance.tsx';
import { CutFirstCopy } from '../sync/cut-first-copy.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { Recover } from './recover.tsx';
import { SignInFailure } from './sign-in-failure.tsx';
import { useDelay } from './use-delay.ts';

/** Sign-in, and the way back in with the clinic's recovery key. */
export function SignIn() {
  const [recovering, setRecovering] = useState(false);
  const demoAccounts = useStatus().data?.demoAccounts;
  if (recovering) {
    return (
      <Entrance>
        <Recover onBack={() => setRecovering(false)} />
      </Entrance>
    );
  }
  return (
    <Entrance wide={demoAccounts !== undefined}>
      <SignInForm onRecover={() => setRecovering(true)} />
      {demoAccounts && <DemoAccounts accounts={demoAccounts} />}
    </Entrance>
  );
}

function SignInForm({ onRecover }: { onRecover: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const signIn = useCallMutation('sessions.signIn');
  const delay = useDelay(signIn.error);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = `${t('sessions.signIn')} · ${t('common.appName')}`;
  }, [t]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (signIn.isPending || delay > 0) return;
    signIn.mutate(
      { username: username.trim(), password },
      {
        onSuccess: () => queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey }),
        onError: () => passwordField.current?.select(),
      },
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Title order={1} size="h3">
          {t('sessions.signIn')}
        </Title>
        <CutFirstCopy />
        <SignInFailure error={signIn.error} secondsLeft={delay} />
        <TextInput
          label={t('common.username')}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <PasswordInput
          ref={passwordField}
          label={t('common.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
        />
        <Button type="submit" fullWidth loading={signIn.isPending} disabled={delay > 0}>
          {t('sessions.signIn')}
        </Button>
        <Anchor component="button" type="button" size="sm" ta="center" onClick={onRecover}>
          {t('sessions.forgot')}
        </Anchor>
      </Stack>
    </form>
  );
}
