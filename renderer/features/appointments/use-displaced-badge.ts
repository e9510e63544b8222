import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import type { NavigationBadge } from '../../app/feature.ts';

/** How many appointments need another time. */
export function useDisplacedBadge(): NavigationBadge | undefined {
  const { t } = useTranslation();
  const count = useCall('appointments.listDisplaced', {}).data?.length ?? 0;
  return count === 0 ? undefined : { count, text: t('appointments.displaced.badge', { count }) };
}
