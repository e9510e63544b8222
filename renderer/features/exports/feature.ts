import { IconTableExport } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { ExportsScreen } from './exports-screen.tsx';

export const exports: Feature = {
  screens: [{ path: '/exports', Component: ExportsScreen, handle: { title: 'exports.title', permission: 'data.export' } }],
  navigation: [{ to: '/exports', label: 'exports.title', icon: IconTableExport, permission: 'data.export', order: 130 }],
};
