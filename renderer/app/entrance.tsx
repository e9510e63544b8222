import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatus } from '../api/use-status.ts';
import { LanguageChoice, ThemeChoice } from '../features/settings/preference-choices.tsx';
import classes from './entrance.module.css';
import { useShortcutKeys } from './use-shortcut-keys.ts';

/** The frame of what is shown before somebody has signed in: one card, with language and theme at hand. */
export function Entrance({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  const { t } = useTranslation();
  const version = useStatus().data?.version;
  useShortcutKeys(true);
  return (
    <div className={classes.entrance}>
      <header className={classes.header}>
        <Text fw={700}>{t('common.appName')}</Text>
        <Group gap="sm">
          <LanguageChoice />
          <ThemeChoice />
        </Group>
      </header>
      <main className={classes.main}>
        <Paper withBorder p="xl" className={classes.card} data-wide={wide || undefined}>
          <Stack gap="md">{children}</Stack>
        </Paper>
      </main>
      <footer className={classes.footer}>{version !== undefined && t('app.version', { version })}</footer>
    </div>
  );
}
