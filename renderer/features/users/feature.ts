import { IconUsers } from '@tabler/icons-react';
import type { Feature } from '../../app/feature.ts';
import { UsersScreen } from './users-screen.tsx';

export const users: Feature = {
  screens: [{ path: '/users', Component: UsersScreen, handle: { title: 'users.title', permission: 'user.manage' } }],
  navigation: [{ to: '/users', label: 'users.title', icon: IconUsers, permission: 'user.manage', order: 140 }],
};
