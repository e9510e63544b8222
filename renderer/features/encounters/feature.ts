import { IconDeviceTv, IconUserCheck, IconUsersGroup } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { BoardScreen } from './board-screen.tsx';
import { QueueScreen } from './queue-screen.tsx';
import { SlipScreen } from './slip-screen.tsx';
import { useQueueBadge } from './use-queue-badge.ts';

export const encounters: Feature = {
  screens: [
    { path: '/queue', Component: QueueScreen, handle: { title: 'encounters.title', permission: 'appointment.read' } },
    { path: '/queue/board', Component: BoardScreen, handle: { title: 'encounters.board', permission: 'appointment.read' } },
    { path: '/queue/:encounterId/slip', Component: SlipScreen, handle: { title: 'encounters.slipTitle', permission: 'appointment.read' } },
  ],
  navigation: [{ to: '/queue', label: 'encounters.title', icon: IconUsersGroup, permission: 'appointment.read', order: 21, useBadge: useQueueBadge }],
  commands: [
    { id: 'encounter.check-in', label: 'encounters.checkInTitle', icon: IconUserCheck, permission: 'appointment.write', run: (go) => go('/queue?new') },
    { id: 'encounter.board', label: 'encounters.board', icon: IconDeviceTv, permission: 'appointment.read', run: (go) => go('/queue/board') },
  ],
};
