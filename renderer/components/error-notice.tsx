import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { appErrorOf } from './app-error.ts';

/**
 * The one way a failure is shown: what happened, what is safe, what to do. Takes whatever was thrown; read
 * out at once. `onRetry` adds a button.
 */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { code, ...params } = appErrorOf(error);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t(`error.${code}.title`)}>
      <Text size="sm">{t(`error.${code}.safe`)}</Text>
      <Text size="sm">{t(`error.${code}.todo`, params)}</Text>
      {onRetry && (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
