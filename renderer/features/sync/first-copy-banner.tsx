import { Alert } from '@mantine/core';
import { IconCloudDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { percentOf } from './first-copy.tsx';
import { isJoining } from './sync-phase.ts';

/** While the first copy arrives a patient who is not found may well exist: said on every screen. */
export function FirstCopyBanner() {
  const { t } = useTranslation();
  const state = useCall('sync.state', {}).data;
  if (!state || !isJoining(state)) return null;
  const percent = state.snapshot && state.snapshot.total > 0 ? ` (${t('sync.firstCopyPercent', { percent: percentOf(state.snapshot) })})` : '';
  return (
    <Alert role="status" color="blue" radius={0} py={6} icon={<IconCloudDown aria-hidden />}>
      {t('sync.explain.joining')}
      {percent}
    </Alert>
  );
}
