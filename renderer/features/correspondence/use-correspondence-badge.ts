import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import type { NavigationBadge } from '../../app/feature.ts';
import { notifyDone } from '../../components/notify.ts';

/** What waits for this person; something new is told wherever they are, without a word of what it says. */
export function useCorrespondenceBadge(): NavigationBadge | undefined {
  const { t } = useTranslation();
  const counts = useCall('communications.counts', {}).data;
  const count = counts && counts.referrals + counts.communications + counts.careTasks;
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (count !== undefined && before.current !== undefined && count > before.current) notifyDone(t('correspondence.arrived'), t);
    before.current = count;
  }, [count, t]);
  return count === undefined || count === 0 ? undefined : { count, text: t('correspondence.badge', { count }) };
}
