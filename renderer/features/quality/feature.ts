import { IconClipboardCheck } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { QualityScreen } from './quality-screen.tsx';

export const quality: Feature = {
  screens: [{ path: '/quality', Component: QualityScreen, handle: { title: 'quality.title', permission: 'quality.manage' } }],
  navigation: [{ to: '/quality', label: 'quality.title', icon: IconClipboardCheck, permission: 'quality.manage', order: 86 }],
};
