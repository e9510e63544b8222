import { IconDevicesPc } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { FleetScreen } from './fleet-screen.tsx';
import { HeldScreen } from './held-screen.tsx';

export const fleet: Feature = {
  screens: [
    { path: '/fleet', Component: FleetScreen, handle: { title: 'fleet.title', permission: 'sync.manage' } },
    { path: '/fleet/quarantine', Component: HeldScreen, handle: { title: 'fleet.held.title', permission: 'sync.manage' } },
  ],
  navigation: [{ to: '/fleet', label: 'fleet.title', icon: IconDevicesPc, permission: 'sync.manage', order: 145 }],
};
