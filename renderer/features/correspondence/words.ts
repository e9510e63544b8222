import type { TFunction } from 'i18next';
import type { CareTask } from '../../../shared/schema/care-task.ts';
import type { Communication } from '../../../shared/schema/communication.ts';
import type { Referral } from '../../../shared/schema/referral.ts';
import { timeText } from '../versions/time-text.ts';

export const referralPath = (id: string): string => `/correspondence/referrals/${id}`;

/** What is known to have become of something that was sent. */
export function receiptText({ received, read }: Pick<Referral | Communication | CareTask, 'received' | 'read'>, t: TFunction): string {
  if (read !== undefined) return t('correspondence.read', { time: timeText(read.at), name: read.name });
  return received === undefined ? t('correspondence.notDelivered') : t('correspondence.delivered', { time: timeText(received) });
}

export const statusText = ({ kind, status }: Referral, t: TFunction): string =>
  kind === 'shared-chart' && status === 'requested' ? t('correspondence.sharedStatus') : t(`correspondence.status.${status}`);

/** `Dr Chen, Upper Valley Clinic`. */
export const partyText = (name: string | undefined, site: string | undefined, t: TFunction): string =>
  name !== undefined && site ? t('correspondence.by', { name, site }) : (name ?? site ?? t('correspondence.anybody'));
