import { IconChartBar, IconReportAnalytics } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { DashboardsScreen } from './dashboards-screen.tsx';
import { ReportsScreen } from './reports-screen.tsx';
import { VisitPatientsScreen } from './visit-patients-screen.tsx';

export const analytics: Feature = {
  screens: [
    { path: '/analytics', Component: DashboardsScreen, handle: { title: 'analytics.title', permission: 'analytics.read' } },
    { path: '/analytics/patients', Component: VisitPatientsScreen, handle: { title: 'analytics.listTitle', permission: 'analytics.read' } },
    { path: '/analytics/reports', Component: ReportsScreen, handle: { title: 'analytics.reports', permission: 'analytics.read' } },
  ],
  navigation: [{ to: '/analytics', label: 'analytics.title', icon: IconChartBar, permission: 'analytics.read', order: 85 }],
  commands: [{ id: 'clinic-reports', label: 'analytics.reports', icon: IconReportAnalytics, permission: 'analytics.read', run: (navigate) => navigate('/analytics/reports') }],
};
