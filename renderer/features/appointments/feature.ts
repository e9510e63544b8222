import { IconCalendarEvent, IconCalendarPlus } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { AppointmentsScreen } from './appointments-screen.tsx';
import { useDisplacedBadge } from './use-displaced-badge.ts';

export const appointments: Feature = {
  screens: [{ path: '/appointments', Component: AppointmentsScreen, handle: { title: 'appointments.title', permission: 'appointment.read' } }],
  navigation: [{ to: '/appointments', label: 'appointments.title', icon: IconCalendarEvent, permission: 'appointment.read', order: 20, useBadge: useDisplacedBadge }],
  commands: [{ id: 'appointment.new', label: 'appointments.bookTitle', icon: IconCalendarPlus, permission: 'appointment.write', run: (go) => go('/appointments?new') }],
};
