import type { Feature } from '../../app/feature.ts';
import { ReportsScreen } from './reports-screen.tsx';

export const cloudReports: Feature = {
  screens: [{ path: '/cloud/reports', Component: ReportsScreen, handle: { title: 'cloudReports.title', permission: 'resource.read' } }],
};
