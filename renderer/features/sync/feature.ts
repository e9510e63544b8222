import { IconCloudUp } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { syncPath } from './paths.ts';
import { SyncScreen } from './sync-screen.tsx';

export const sync: Feature = {
  screens: [{ path: syncPath, Component: SyncScreen, handle: { title: 'sync.title' } }],
  navigation: [{ to: syncPath, label: 'sync.title', icon: IconCloudUp, order: 100 }],
};
