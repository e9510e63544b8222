import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import type { NavigationBadge } from '../../app/feature.ts';

/** How many are waiting to be called. */
export function useQueueBadge(): NavigationBadge | undefined {
  const { t } = useTranslation();
  const count = useCall('encounters.queue', {}).data?.filter(({ status }) => status !== 'in-progress').length ?? 0;
  return count === 0 ? undefined : { count, text: t('encounters.badge', { count }) };
}
