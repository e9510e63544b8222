import { Alert, Anchor } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useStatus } from '../../api/use-status.ts';

/** The window went away while the recovery key stood in it, and maybe nobody has written it down: without it a forgotten password locks the data for ever. */
export function RecoveryKeyBanner() {
  const { t } = useTranslation();
  if (useStatus().data?.recoveryKeyUnconfirmed !== true) return null;
  return (
    <Alert role="status" color="yellow" radius={0} py={6} icon={<IconKey aria-hidden />}>
      {t('backups.keyUnconfirmed')}{' '}
      <Anchor component={Link} to="/backups" inherit underline="always">
        {t('backups.keyUnconfirmedTodo')}
      </Anchor>
    </Alert>
  );
}
