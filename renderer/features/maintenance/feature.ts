import type { Feature } from '../../app/feature.ts';
import { MaintenanceScreen } from './maintenance-screen.tsx';

export const maintenance: Feature = {
  screens: [{ path: '/cloud/maintenance', Component: MaintenanceScreen, handle: { title: 'maintenance.title', permission: 'resource.manage' } }],
};
