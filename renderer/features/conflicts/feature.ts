import { IconArrowsSplit } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { ConflictScreen } from './conflict-screen.tsx';
import { ConflictsScreen } from './conflicts-screen.tsx';
import { useConflictBadge } from './use-conflict-badge.ts';

export const conflicts: Feature = {
  screens: [
    { path: '/conflicts', Component: ConflictsScreen, handle: { title: 'conflicts.title', permission: 'conflict.settle' } },
    { path: '/conflicts/:conflictId', Component: ConflictScreen, handle: { title: 'conflicts.screen', permission: 'conflict.settle' } },
  ],
  navigation: [{ to: '/conflicts', label: 'conflicts.title', icon: IconArrowsSplit, permission: 'conflict.settle', order: 80, useBadge: useConflictBadge }],
};
