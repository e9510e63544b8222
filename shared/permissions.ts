/** What a person may do. The backend asks for one of these on every call that is not public. */
export const permissions = [
  'patient.read',
  'patient.write',
  'patient.delete',
  'record.read',
  'record.write',
  'record.sign',
  'record.delete',
  'data.import',
  'data.export',
  'trash.restore',
  'audit.read',
  'user.manage',
  'settings.manage',
  'backup.manage',
  'conflict.settle',
  'quarantine.manage',
  'sync.manage',
  'resource.read',
  'resource.manage',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['admin', 'doctor', 'nurse', 'front-desk'] as const;
export type Role = (typeof roles)[number];

/**
 * Least data by role: the front desk registers patients and sees nothing clinical; a nurse prepares
 * records but only a doctor signs them; an admin runs the workstation and reads, but never writes, care.
 */
const granted: Record<Role, readonly Permission[]> = {
  admin: [
    'patient.read', 'patient.write', 'patient.delete', 'record.read', 'data.import', 'data.export',
    'trash.restore', 'audit.read', 'user.manage', 'settings.manage', 'backup.manage',
    'conflict.settle', 'quarantine.manage', 'sync.manage', 'resource.read', 'resource.manage',
  ],
  doctor: [
    'patient.read', 'patient.write', 'patient.delete', 'record.read', 'record.write', 'record.sign',
    'record.delete', 'trash.restore', 'data.export', 'conflict.settle', 'quarantine.manage',
  ],
  nurse: ['patient.read', 'patient.write', 'record.read', 'record.write', 'conflict.settle'],
  'front-desk': ['patient.read', 'patient.write', 'conflict.settle'],
};

/** Whether a role grants a permission. */
export function can(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}
