import { IconUsersPlus } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { CompareScreen } from './compare-screen.tsx';
import { DuplicatesScreen } from './duplicates-screen.tsx';
import { useDuplicatesBadge } from './use-duplicates-badge.ts';

export const duplicates: Feature = {
  screens: [
    { path: '/duplicates', Component: DuplicatesScreen, handle: { title: 'duplicates.title', permission: 'patient.merge' } },
    { path: '/duplicates/:oneId/:otherId', Component: CompareScreen, handle: { title: 'duplicates.compare', permission: 'patient.merge' } },
  ],
  navigation: [{ to: '/duplicates', label: 'duplicates.menu', icon: IconUsersPlus, permission: 'patient.merge', order: 81, useBadge: useDuplicatesBadge }],
};
