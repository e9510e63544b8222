import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AppException } from '../../../shared/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf } from '../../components/form-errors.ts';

/** Why it was not settled. Fields are checked before; what is refused all the same goes for the whole entry. */
export function SettleFailure({ error }: { error: AppException }) {
  const { t } = useTranslation();
  // Told by a notice that outlasts this screen.
  if (error.error.code === 'stale-revision') return null;
  return (
    <Stack w="100%" gap={4}>
      <ErrorNotice error={error} />
      {Object.entries(formErrorsOf(error.error, t) ?? {}).map(([path, text]) => (
        <Text key={path} size="sm" c="red">
          {text}
        </Text>
      ))}
    </Stack>
  );
}
