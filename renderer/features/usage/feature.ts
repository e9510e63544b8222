import type { Feature } from '../../app/feature.ts';
import { UsageScreen } from './usage-screen.tsx';

export const usage: Feature = {
  screens: [{ path: '/cloud/usage', Component: UsageScreen, handle: { title: 'usage.title', permission: 'resource.manage' } }],
};
