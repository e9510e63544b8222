import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCloudLock, IconShieldCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { Entrance } from '../../app/entrance.tsx';
import { FirstRun } from '../setup/first-run.tsx';
import { JoinClinic } from './join-clinic.tsx';

/** Backups outside the profile open with the passwords of their time, and nobody but a person can get at them. */
function BackupsElsewhere() {
  const { t } = useTranslation();
  const { folder = '', backups = [] } = useCall('backups.list', {}).data ?? {};
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
      <Text size="sm">{t('enrolment.backupsElsewhere')}</Text>
      {backups.length > 0 && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('enrolment.backupsFound', { count: backups.length, folder })}
        </Text>
      )}
    </Alert>
  );
}

/** A workstation that was taken out of the fleet: nothing of its data can be opened, and it can only begin anew. */
export function RevokedScreen() {
  const { t } = useTranslation();
  const [way, setWay] = useState<'join' | 'other'>();
  useEffect(() => {
    document.title = `${t('error.workstation-revoked.title')} · ${t('common.appName')}`;
  }, [t]);
  if (way === 'join') return <JoinClinic onBack={() => setWay(undefined)} />;
  if (way === 'other') return <FirstRun />;
  return (
    <Entrance wide>
      <Group gap="sm" wrap="nowrap">
        <IconCloudLock size={32} stroke={1.5} color="var(--mantine-color-red-text)" aria-hidden />
        <Title order={1} size="h3">
          {t('error.workstation-revoked.title')}
        </Title>
      </Group>
      <Alert color="green" icon={<IconShieldCheck aria-hidden />}>
        {t('error.workstation-revoked.safe')}
      </Alert>
      <Text>{t('error.workstation-revoked.todo')}</Text>
      <BackupsElsewhere />
      <Group justify="space-between">
        <Button variant="default" onClick={() => setWay('other')}>
          {t('enrolment.otherWays')}
        </Button>
        <Button autoFocus onClick={() => setWay('join')}>
          {t('enrolment.join')}
        </Button>
      </Group>
    </Entrance>
  );
}
