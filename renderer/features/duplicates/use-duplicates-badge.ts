import { useTranslation } from 'react-i18next';
import type { NavigationBadge } from '../../app/feature.ts';
import { useDuplicates } from './use-duplicates.ts';

/** How many pairs wait for somebody's eyes. */
export function useDuplicatesBadge(): NavigationBadge | undefined {
  const { t } = useTranslation();
  const count = useDuplicates().data?.total ?? 0;
  return count === 0 ? undefined : { count, text: t('duplicates.badge', { count }) };
}
