import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AppException } from '../../shared/errors.ts';
import { ErrorNotice } from '../components/error-notice.tsx';

const away = new AppException({ code: 'backend-unavailable' });

/** Shown when the program never answered. It is asked again by itself; the button is for the impatient. */
export function BackendAway({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack component="main" p="xl" gap="md" maw="40rem" mx="auto" mt="10vh">
      <Title order={1} size="h3">
        {t('common.appName')}
      </Title>
      <ErrorNotice error={away} onRetry={onRetry} />
    </Stack>
  );
}
