import { IconDatabaseExport } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { BackupsScreen } from './backups-screen.tsx';

export const backups: Feature = {
  screens: [{ path: '/backups', Component: BackupsScreen, handle: { title: 'backups.title', permission: 'backup.manage' } }],
  navigation: [{ to: '/backups', label: 'backups.title', icon: IconDatabaseExport, permission: 'backup.manage', order: 150 }],
};
