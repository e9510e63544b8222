import { IconMailShare } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { CorrespondenceScreen } from './correspondence-screen.tsx';
import { ReferralScreen } from './referral-screen.tsx';
import { useCorrespondenceBadge } from './use-correspondence-badge.ts';

export const correspondence: Feature = {
  screens: [
    { path: '/correspondence', Component: CorrespondenceScreen, handle: { title: 'correspondence.title', permission: 'communication.read' } },
    { path: '/correspondence/referrals/:referralId', Component: ReferralScreen, handle: { title: 'correspondence.details', permission: 'communication.read' } },
  ],
  navigation: [{ to: '/correspondence', label: 'correspondence.tab', command: 'correspondence.title', icon: IconMailShare, permission: 'communication.read', order: 25, useBadge: useCorrespondenceBadge }],
};
