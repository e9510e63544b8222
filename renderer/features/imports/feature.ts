import { IconTableImport } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { ImportsScreen } from './imports-screen.tsx';

export const imports: Feature = {
  screens: [{ path: '/imports', Component: ImportsScreen, handle: { title: 'imports.title', permission: 'data.import' } }],
  navigation: [{ to: '/imports', label: 'imports.title', icon: IconTableImport, permission: 'data.import', order: 120 }],
};
