import { IconArchive, IconShieldCheck } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { ClosedChartScreen } from './closed-chart-screen.tsx';
import { RecordRoomScreen } from './record-room-screen.tsx';
import { VerifyScreen } from './verify-screen.tsx';

export const recordRoom: Feature = {
  screens: [
    { path: '/record-room', Component: RecordRoomScreen, handle: { title: 'recordRoom.title', permission: 'chart.archive' } },
    { path: '/record-room/verify', Component: VerifyScreen, handle: { title: 'recordRoom.verify', permission: 'chart.archive' } },
    { path: '/record-room/:chartId', Component: ClosedChartScreen, handle: { title: 'recordRoom.chart', permission: 'chart.archive' } },
  ],
  navigation: [{ to: '/record-room', label: 'recordRoom.title', icon: IconArchive, permission: 'chart.archive', order: 70 }],
  commands: [
    { id: 'record-room-verify', label: 'recordRoom.verify', icon: IconShieldCheck, permission: 'chart.archive', run: (navigate) => navigate('/record-room/verify') },
  ],
};
