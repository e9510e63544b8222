import { IconTrash } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { TrashScreen } from './trash-screen.tsx';

export const trash: Feature = {
  screens: [{ path: '/trash', Component: TrashScreen, handle: { title: 'trash.title', permission: 'trash.restore' } }],
  navigation: [{ to: '/trash', label: 'trash.title', icon: IconTrash, permission: 'trash.restore', order: 90 }],
};
