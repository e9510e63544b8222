import { Alert } from '@mantine/core';
import { IconBuildingHospital } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { dayText } from '../versions/time-text.ts';

/** Whose patients are no longer here because the workstation belongs to another site now, each person is told until they have read it. */
export function MovedBanner() {
  const { t } = useTranslation();
  const { movedFrom, server } = useCall('sync.state', {}).data ?? {};
  const [read, setRead] = useState<string>();
  if (!movedFrom || read === movedFrom.at) return null;
  return (
    <Alert
      role="status"
      color="blue"
      radius={0}
      py={6}
      icon={<IconBuildingHospital aria-hidden />}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={() => setRead(movedFrom.at)}
    >
      {t('sync.movedFrom', { day: dayText(movedFrom.at), from: movedFrom.siteName, to: server?.siteName ?? '' })}
    </Alert>
  );
}
