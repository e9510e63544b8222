import { IconListSearch } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { AuditScreen } from './audit-screen.tsx';

export const audit: Feature = {
  screens: [{ path: '/audit', Component: AuditScreen, handle: { title: 'auditLog.title', permission: 'audit.read' } }],
  navigation: [{ to: '/audit', label: 'auditLog.title', icon: IconListSearch, permission: 'audit.read', order: 110 }],
};
