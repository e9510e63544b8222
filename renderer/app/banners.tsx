import { Alert } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AppException } from '../../shared/errors.ts';
import { useStatus } from '../api/use-status.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { RecoveryKeyBanner } from '../features/backups/recovery-key-banner.tsx';
import { FirstCopyBanner } from '../features/sync/first-copy-banner.tsx';
import { MovedBanner } from '../features/sync/moved-banner.tsx';
import { timeText } from '../features/versions/time-text.ts';

const away = new AppException({ code: 'backend-unavailable' });

/** What concerns every screen: a backend that went away under it, a clock that cannot be right, a recovery key that nobody may have, data that is not whole yet, a site that is another one now. */
export function Banners() {
  const { t } = useTranslation();
  const status = useStatus();
  const clockBehind = status.data?.clockBehind;
  return (
    <>
      {status.isError && <ErrorNotice error={away} onRetry={() => void status.refetch()} />}
      {clockBehind && (
        <Alert role="status" color="yellow" radius={0} icon={<IconClockExclamation aria-hidden />}>
          {t('app.clockBehind', { newestSave: timeText(clockBehind.newestSave) })}
        </Alert>
      )}
      <RecoveryKeyBanner />
      <FirstCopyBanner />
      <MovedBanner />
    </>
  );
}
