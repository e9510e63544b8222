import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AppException } from '../../../shared/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';

/** Why signing in or unlocking was refused. A delay counts down in sight, and is read out once, not every second. */
export function SignInFailure({ error, secondsLeft }: { error: AppException | null; secondsLeft: number }) {
  const { t } = useTranslation();
  if (!error) return null;
  if (error.error.code !== 'sign-in-delayed') return <ErrorNotice error={error} />;
  return (
    <>
      <ErrorNotice error={error} />
      <Text size="sm" ta="center" role="timer" aria-live="off">
        {secondsLeft > 0 ? t('sessions.waitSeconds', { seconds: secondsLeft }) : t('sessions.tryAgainNow')}
      </Text>
    </>
  );
}
