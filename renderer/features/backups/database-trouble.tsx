import { Alert, Divider, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatabaseState } from '../../../shared/contract/app.ts';
import { Entrance } from '../../app/entrance.tsx';
import { RestoreBackup } from './restore-backup.tsx';

type Trouble = Extract<DatabaseState, 'damaged' | 'newer' | 'key-lost'>;

/** A database that cannot be opened: what happened, what is safe, and the way out. */
export function DatabaseTrouble({ state }: { state: Trouble }) {
  const { t } = useTranslation();
  const code = ({ damaged: 'database-damaged', newer: 'database-newer', 'key-lost': 'database-key-lost' } as const)[state];
  const title = t(`error.${code}.title`);
  useEffect(() => {
    document.title = `${title} · ${t('common.appName')}`;
  }, [title, t]);
  return (
    <Entrance wide>
      <Title order={1} size="h3">
        {title}
      </Title>
      <Alert color="green" icon={<IconShieldCheck aria-hidden />}>
        {t(`error.${code}.safe`)}
      </Alert>
      <Text>{t(`backups.trouble.${state}`)}</Text>
      <Divider />
      <Title order={2} size="h4">
        {t('backups.restoreTitle')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('backups.restoreKeepsOld')}
      </Text>
      <RestoreBackup />
    </Entrance>
  );
}
