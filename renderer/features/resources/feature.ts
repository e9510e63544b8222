import { IconServer2 } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { InventoryScreen } from './inventory-screen.tsx';
import { OverviewScreen } from './overview-screen.tsx';

export const resources: Feature = {
  screens: [
    { path: '/cloud', Component: OverviewScreen, handle: { title: 'cloud.title', permission: 'resource.read' } },
    { path: '/cloud/inventory/:collection?', Component: InventoryScreen, handle: { title: 'cloud.inventoryTitle', permission: 'resource.read' } },
  ],
  navigation: [{ to: '/cloud', label: 'cloud.title', icon: IconServer2, permission: 'resource.read', order: 150 }],
};
