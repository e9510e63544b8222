import { expect, test } from 'vitest';
import { can, permissions, roles } from './permissions.ts';

test('clinical content is closed to the front desk, and signing is open to doctors alone', () => {
  const clinical = permissions.filter((permission) => permission.startsWith('record.'));
  expect(clinical.filter((permission) => can('front-desk', permission))).toEqual([]);
  expect(roles.filter((role) => can(role, 'record.sign'))).toEqual(['doctor']);
});

test('only an admin manages users, settings and backups and reads the audit', () => {
  for (const permission of ['user.manage', 'settings.manage', 'backup.manage', 'audit.read'] as const) {
    expect(roles.filter((role) => can(role, permission))).toEqual(['admin']);
  }
});

test('every permission is granted to somebody', () => {
  expect(permissions.filter((permission) => !roles.some((role) => can(role, permission)))).toEqual([]);
});
