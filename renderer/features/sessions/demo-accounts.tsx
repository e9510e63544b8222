import { Button, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DemoAccount } from '../../../shared/contract/app.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';

/** Who one can be in a demo clinic, each a click away. Nothing in it is a secret. */
export function DemoAccounts({ accounts, onSignedIn }: { accounts: DemoAccount[]; onSignedIn?: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const signIn = useCallMutation('sessions.signIn');
  function use({ username, password }: DemoAccount) {
    signIn.mutate({ username, password }, { onSuccess: enter });
  }
  async function enter() {
    await queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey });
    onSignedIn?.();
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
