import { Badge, Button, Group, Table } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../shared/schema/user.ts';
import { useCall } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { EditUser } from './edit-user.tsx';
import { NewUser } from './new-user.tsx';
import { ResetPassword } from './reset-password.tsx';

type Dialog = { kind: 'new' } | { kind: 'edit' | 'password'; user: User };

/** The clinic's accounts. */
export function UsersScreen() {
  const { t } = useTranslation();
  const users = useCall('users.list', {});
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const add = () => setDialog({ kind: 'new' });
  useShortcut('new', add);
  return (
    <Page>
      <PageHeader
        title={t('users.title')}
        description={t('users.intro')}
        actions={
          <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={add}>
            {t('users.add')}
          </Button>
        }
      />
      {users.error && <ErrorNotice error={users.error} onRetry={() => void users.refetch()} />}
      {users.data && (
        <UserTable
          users={users.data}
          onEdit={(user) => setDialog({ kind: 'edit', user })}
          onPassword={(user) => setDialog({ kind: 'password', user })}
        />
      )}
      {dialog?.kind === 'new' && <NewUser onClose={close} />}
      {dialog?.kind === 'edit' && <EditUser user={dialog.user} onClose={close} />}
      {dialog?.kind === 'password' && <ResetPassword user={dialog.user} onClose={close} />}
    </Page>
  );
}

interface UserTableProps {
  users: User[];
  onEdit: (user: User) => void;
  onPassword: (user: User) => void;
}

function UserTable({ users, onEdit, onPassword }: UserTableProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table aria-label={t('users.title')} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common.displayName')}</Table.Th>
            <Table.Th>{t('common.username')}</Table.Th>
            <Table.Th>{t('common.role')}</Table.Th>
            <Table.Th>{t('common.department')}</Table.Th>
            <Table.Th>{t('users.account')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <Table.Tr key={user.id}>
              <Table.Th scope="row" fw={500}>
                {user.displayName}
              </Table.Th>
              <Table.Td>{user.username}</Table.Td>
              <Table.Td>{t(`role.${user.role}`)}</Table.Td>
              <Table.Td>{user.department}</Table.Td>
              <Table.Td>
                <Badge variant="light" tt="none" color={user.active ? 'green' : 'gray'}>
                  {t(user.active ? 'users.active' : 'users.closed')}
                </Badge>
              </Table.Td>
              <Table.Td>
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  <Button size="compact-sm" variant="default" aria-label={t('users.editOne', { name: user.displayName })} onClick={() => onEdit(user)}>
                    {t('common.edit')}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={!user.active}
                    aria-label={t('users.passwordOf', { name: user.displayName })}
                    onClick={() => onPassword(user)}
                  >
                    {t('users.resetPassword')}
                  </Button>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
