import { Alert } from '@mantine/core';
import { IconCloudDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { percentOf } from './first-copy.tsx';

/** At the sign-in: a first copy was cut and waits for somebody to open the database. */
export function CutFirstCopy() {
  const { t } = useTranslation();
  const { phase, snapshot } = useCall('sync.state', {}).data ?? {};
  if (phase !== 'closed' || snapshot === undefined) return null;
  const { received, total } = snapshot;
  return (
    <Alert role="status" color="blue" icon={<IconCloudDown aria-hidden />}>
      {t('sync.cutFirstCopy', { received, total, percent: percentOf(snapshot) })}
    </Alert>
  );
}
