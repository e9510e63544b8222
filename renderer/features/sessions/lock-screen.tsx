import { Anchor, Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { SessionUser } from '../../../shared/contract/app.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { useUi } from '../../app/ui-store.ts';
import classes from './lock-screen.module.css';
import { SignInFailure } from './sign-in-failure.tsx';
import { useDelay } from './use-delay.ts';
import { useHiddenWorkspace } from './use-hidden-workspace.ts';
import { useSignOut } from './use-sign-out.ts';

/** Lies over the workspace until its user is back. It stands outside of #root, so that all else can be hidden as one. */
export function LockScreen({ user }: { user: SessionUser }) {
  // Asked before the first draw: the password field takes the focus with it.
  const [focused] = useState(() => document.activeElement);
  useHiddenWorkspace(focused);
  const place = document.getElementById('lock-root');
  return place && createPortal(<LockForm user={user} />, place);
}

function LockForm({ user }: { user: SessionUser }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const unlock = useCallMutation('sessions.unlock');
  const signOut = useSignOut();
  const delay = useDelay(unlock.error);
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (unlock.isPending || delay > 0) return;
    unlock.mutate({ password }, { onSuccess: reveal, onError: () => field.current?.select() });
  }
  async function reveal() {
    await queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey });
    useUi.setState({ lockedHere: false });
  }
  return (
    <main className={classes.lock}>
      <Paper withBorder p="xl" className={classes.card} component="form" onSubmit={submit} noValidate>
        <Stack gap="md">
          <Title order={1} size="h3">
            {t('sessions.locked')}
          </Title>
          <Text size="sm">{t('sessions.lockedFor', { name: user.displayName })}</Text>
          <SignInFailure error={unlock.error} secondsLeft={delay} />
          <PasswordInput
            ref={field}
            label={t('common.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            autoFocus
            visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
          />
          <Button type="submit" fullWidth loading={unlock.isPending} disabled={delay > 0}>
            {t('sessions.unlock')}
          </Button>
          <Anchor component="button" type="button" size="sm" ta="center" onClick={() => signOut.mutate()}>
            {t('sessions.otherUser')}
          </Anchor>
          <Text size="xs" c="dimmed" ta="center">
            {t('sessions.otherUserHint', { name: user.displayName })}
          </Text>
        </Stack>
      </Paper>
    </main>
  );
}
