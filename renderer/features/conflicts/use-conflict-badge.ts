import { useTranslation } from 'react-i18next';
import type { NavigationBadge } from '../../app/feature.ts';
import { useCall } from '../../api/queries.ts';

/** How many conflicts wait for somebody, of those that this person may see. */
export function useConflictBadge(): NavigationBadge | undefined {
  const { t } = useTranslation();
  const { data } = useCall('conflicts.list', { offset: 0, limit: 1, status: 'open' });
  if (data === undefined || data.total === 0) return undefined;
  return { count: data.total, text: t('conflicts.badge', { count: data.total }) };
}
