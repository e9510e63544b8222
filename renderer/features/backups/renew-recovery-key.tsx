import { Button, Checkbox, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { RecoveryKeyCard } from './recovery-key-card.tsx';

/** Makes a new recovery key against the password, and shows it until it is said to be written down. */
export function RenewRecoveryKey() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('backups.renew')}
      </Button>
      {opened && <RenewDialog onClose={() => setOpened(false)} />}
    </>
  );
}

function RenewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const renew = useCallMutation('recoveryKey.renew');
  const confirm = useCallMutation('recoveryKey.confirm');
  const shown = renew.data?.recoveryKey;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('backups.renew')}
      withCloseButton={shown === undefined}
      closeOnEscape={shown === undefined}
      closeOnClickOutside={shown === undefined}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {shown === undefined ? (
        <AskPassword renew={renew} />
      ) : (
        <NewKey recoveryKey={shown} onDone={() => confirm.mutate({}, { onSettled: onClose })} />
      )}
    </Modal>
  );
}

function AskPassword({ renew }: { renew: ReturnType<typeof useCallMutation<'recoveryKey.renew'>> }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!renew.isPending) renew.mutate({ password });
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('backups.renewWarning')}</Text>
        {renew.error && <ErrorNotice error={renew.error} />}
        <PasswordInput
          label={t('settings.yourPassword')}
          autoComplete="current-password"
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={renew.isPending} disabled={password === ''}>
            {t('backups.renew')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function NewKey({ recoveryKey, onDone }: { recoveryKey: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(false);
  return (
    <Stack gap="md">
      <RecoveryKeyCard recoveryKey={recoveryKey} />
      <Checkbox label={t('setup.keyWritten')} checked={written} onChange={(event) => setWritten(event.currentTarget.checked)} />
      <Group justify="flex-end">
        <Button disabled={!written} onClick={onDone}>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}
