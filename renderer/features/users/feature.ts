import { IconUserCog } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { UsersScreen } from './users-screen.tsx';

export const users: Feature = {
  screens: [{ path: '/users', Component: UsersScreen, handle: { title: 'users.title', permission: 'user.manage' } }],
  navigation: [{ to: '/users', label: 'users.title', icon: IconUserCog, permission: 'user.manage', order: 140 }],
};
