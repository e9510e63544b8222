import { IconArrowBackUp, IconTextPlus } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { runShortcut } from '../../app/shortcuts.ts';
import { TemplatesScreen } from './templates-screen.tsx';
import { useRecentHits } from './use-recent-hits.ts';

export const habits: Feature = {
  screens: [{ path: '/templates', Component: TemplatesScreen, handle: { title: 'habits.templates', permission: 'record.read' } }],
  navigation: [{ to: '/templates', label: 'habits.templates', icon: IconTextPlus, permission: 'record.read', order: 85 }],
  search: { label: 'habits.recentPatients', permission: 'patient.read', useHits: useRecentHits },
  commands: [
    { id: 'save.undo', label: 'shortcuts.undo', icon: IconArrowBackUp, run: () => runShortcut('undo') },
    { id: 'text.insert', label: 'habits.insert', icon: IconTextPlus, permission: 'record.write', run: () => runShortcut('insert') },
  ],
};
