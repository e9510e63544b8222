import { ActionIcon, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconHelp, IconLock, IconLogout, IconMenu2, IconSearch, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCall } from '../api/queries.ts';
import { KeyHint } from '../components/key-hint.tsx';
import { lockScreen } from '../features/sessions/use-idle-lock.ts';
import { useSignOut } from '../features/sessions/use-sign-out.ts';
import classes from './header.module.css';
import { openPalette } from './palette.tsx';
import { useSessionUser } from './session.tsx';
import { useUi } from './ui-store.ts';

export function Header() {
  const { t } = useTranslation();
  const site = useCall('sites.current', {}).data;
  const menuOpen = useUi((state) => state.menuOpen);
  return (
    <header className={classes.header}>
      <ActionIcon
        className={classes.menuButton}
        aria-label={t('app.openMenu')}
        aria-expanded={menuOpen}
        aria-controls="navigation"
        onClick={() => useUi.setState({ menuOpen: !menuOpen })}
      >
        <IconMenu2 size={20} aria-hidden />
      </ActionIcon>
      <Text fw={700}>{t('common.appName')}</Text>
      <Text c="dimmed" size="sm" truncate className={classes.site}>
        {site?.name}
      </Text>
      <UnstyledButton className={classes.search} onClick={openPalette}>
        <IconSearch size={16} aria-hidden />
        <span>{t('app.commands')}</span>
        <KeyHint keys="Mod+K" />
      </UnstyledButton>
      <ActionIcon aria-label={t('app.lockNow')} title={t('app.lockNow')} onClick={lockScreen}>
        <IconLock size={18} aria-hidden />
      </ActionIcon>
      <UserMenu />
    </header>
  );
}

function UserMenu() {
  const { t } = useTranslation();
  const user = useSessionUser();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <IconUserCircle size={20} aria-hidden />
          <Text size="sm" truncate maw="12rem">
            {user.displayName}
          </Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('app.signedInAs', { name: user.displayName, role: t(`role.${user.role}`) })}</Menu.Label>
        <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => void navigate('/settings')}>
          {t('settings.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconHelp size={16} aria-hidden />}
          rightSection={<KeyHint keys="F1" />}
          onClick={() => useUi.setState({ helpOpen: true })}
        >
          {t('app.help')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLock size={16} aria-hidden />} rightSection={<KeyHint keys="Alt+L" />} onClick={lockScreen}>
          {t('app.lockNow')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
