import type { Feature } from '../../app/feature.ts';
import { PlacementScreen } from './placement-screen.tsx';

export const placements: Feature = {
  screens: [{ path: '/cloud/placement', Component: PlacementScreen, handle: { title: 'placements.title', permission: 'resource.read' } }],
};
