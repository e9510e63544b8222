import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncFailure } from '../../../shared/contract/sync.ts';

/** Why the last attempt got no further: what happened, what is safe, what to do. `waits`: it is tried again by itself, nothing is wrong here. */
export function FailureNotice({ failure, waits }: { failure: SyncFailure; waits: boolean }) {
  const { t } = useTranslation();
  return (
    <Alert role={waits ? 'status' : 'alert'} color={waits ? 'yellow' : 'red'} icon={<IconAlertTriangle aria-hidden />} title={t(`sync.failure.${failure}.title`)}>
      <Text size="sm">{t('sync.safe')}</Text>
      <Text size="sm">{t(`sync.failure.${failure}.todo`)}</Text>
    </Alert>
  );
}
