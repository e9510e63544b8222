import { Alert, Button, Checkbox, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoAccount } from '../../../shared/contract/app.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { Entrance } from '../../app/entrance.tsx';
import { useUi, type ShownOnce } from '../../app/ui-store.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { JobProgress } from '../../components/job-progress.tsx';
import { RecoveryKeyCard } from '../backups/recovery-key-card.tsx';

const done = () => useUi.setState({ shownOnce: undefined });

/** After set-up: the recovery key, once, and a demo's accounts. */
export function ShownOnceScreen({ shown }: { shown: ShownOnce }) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(false);
  return (
    <Entrance wide>
      <Title order={1} size="h3">
        {t(shown.accounts ? 'setup.demoReady' : 'setup.clinicReady')}
      </Title>
      {shown.accounts && <DemoAccounts accounts={shown.accounts} />}
      {shown.job && <JobProgress job={shown.job} label={t('setup.demoFilling')} />}
      <RecoveryKeyCard recoveryKey={shown.recoveryKey} />
      {!shown.accounts && (
        <>
          <Alert color="yellow">{t('setup.keyWarning')}</Alert>
          <Checkbox label={t('setup.keyWritten')} checked={written} onChange={(event) => setWritten(event.currentTarget.checked)} />
        </>
      )}
      <Group justify="flex-end">
        <Button disabled={!written && !shown.accounts} onClick={done}>
          {t('setup.toSignIn')}
        </Button>
      </Group>
    </Entrance>
  );
}

function DemoAccounts({ accounts }: { accounts: DemoAccount[] }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const signIn = useCallMutation('sessions.signIn');
  function use({ username, password }: DemoAccount) {
    signIn.mutate({ username, password }, { onSuccess: enter });
  }
  async function enter() {
    await queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey });
    done();
  }
  return (
    <Stack gap="xs">
      <Text size="sm">{t('setup.demoAccountsHint')}</Text>
      {signIn.error && <ErrorNotice error={signIn.error} />}
      <Table aria-label={t('setup.demoAccounts')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common.role')}</Table.Th>
            <Table.Th>{t('common.username')}</Table.Th>
            <Table.Th>{t('common.password')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accounts.map((account) => (
            <Table.Tr key={account.username}>
              <Table.Td>{t(`role.${account.role}`)}</Table.Td>
              <Table.Td ff="monospace">{account.username}</Table.Td>
              <Table.Td ff="monospace">{account.password}</Table.Td>
              <Table.Td ta="end">
                <Button
                  size="xs"
                  variant="light"
                  loading={signIn.isPending && signIn.variables.username === account.username}
                  disabled={signIn.isPending}
                  onClick={() => use(account)}
                  aria-label={t('setup.useAccount', { username: account.username })}
                >
                  {t('setup.use')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
