import { Alert, Group, Loader, Text } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ShownOnce } from '../../app/ui-store.ts';
import { AppException } from '../../../shared/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';

/** Whether the workstation that was just set up serves the others. */
export function ServingNotice({ serving }: { serving: ShownOnce['serving'] & object }) {
  const { t } = useTranslation();
  switch (serving.state) {
    case 'starting':
      return (
        <Group gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t('hub.starting')}</Text>
        </Group>
      );
    case 'running':
      return (
        <Alert color="green" role="status" icon={<IconServer2 aria-hidden />} title={t('hub.readyTitle')}>
          {t('hub.readyHint')}
        </Alert>
      );
    case 'failed':
      return <ErrorNotice error={new AppException(serving.error)} />;
  }
}
