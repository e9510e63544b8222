import type { TFunction } from 'i18next';
import type { ConflictSide } from '../../../shared/contract/sync.ts';
import { timeText } from '../versions/time-text.ts';

export const sideName = (side: 0 | 1, t: TFunction): string => t(side === 0 ? 'conflicts.side.one' : 'conflicts.side.two');

/** Who and when. */
export const sideWho = ({ savedByName, savedAt }: ConflictSide, t: TFunction): string => t('conflicts.byWhom', { name: savedByName, time: timeText(savedAt) });

/** Where it was written, as far as that is known here. */
export const sideWhere = ({ workstationName, siteName }: ConflictSide, t: TFunction): string =>
  [workstationName, siteName].filter(Boolean).join(' · ') || t('conflicts.somewhere');
