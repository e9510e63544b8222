import type { Feature } from '../../app/feature.ts';
import { ScheduleScreen } from './schedule-screen.tsx';

export const schedules: Feature = {
  screens: [{ path: '/cloud/tasks', Component: ScheduleScreen, handle: { title: 'schedules.title', permission: 'resource.read' } }],
};
