import { IconSettings } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { SettingsScreen } from './settings-screen.tsx';

export const settings: Feature = {
  screens: [{ path: '/settings', Component: SettingsScreen, handle: { title: 'settings.title' } }],
  navigation: [{ to: '/settings', label: 'settings.title', icon: IconSettings, order: 160 }],
};
