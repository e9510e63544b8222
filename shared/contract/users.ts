import { z } from 'zod';
import { roles } from '../permissions.ts';
import { idSchema, optionalText, requiredText } from '../schema/document.ts';
import { newPasswordSchema, usernameSchema, type User } from '../schema/user.ts';
import { call } from './call.ts';
import { nothing } from './page.ts';

const account = {
  displayName: requiredText(100),
  role: z.enum(roles),
  department: optionalText(100),
};

export const userCalls = {
  'users.list': call('user.manage', nothing)<User[]>(),
  'users.create': call(
    'user.manage',
    z.strictObject({ ...account, username: usernameSchema, password: newPasswordSchema }),
  )<User>(),
  'users.update': call(
    'user.manage',
    z.strictObject({ ...account, id: idSchema, rev: idSchema, active: z.boolean() }),
  )<User>(),
  'users.resetPassword': call('user.manage', z.strictObject({ id: idSchema, password: newPasswordSchema }))<null>(),
  'users.changePassword': call(
    'session',
    z.strictObject({ currentPassword: z.string().max(256), newPassword: newPasswordSchema }),
  )<null>(),
};
