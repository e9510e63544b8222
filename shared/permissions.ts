/** What a person may do. The backend asks for one of these on every call that is not public. */
export const permissions = [
  'patient.read',
  'patient.write',
  'patient.delete',
  'record.read',
  'record.write',
  'record.sign',
  'record.delete',
  'chart.write',
  'template.write',
  'order.sign',
  /** The record room: checks, seals, lends and exports closed charts. */
  'chart.archive',
  'communication.read',
  'communication.write',
  'referral.write',
  'appointment.read',
  'appointment.write',
  'patient.merge',
  'analytics.read',
  'quality.manage',
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
 * records and writes vitals, allergies and problems down, but only a doctor signs records and orders; an admin runs the workstation and reads, but never writes, care.
 */
const granted: Record<Role, readonly Permission[]> = {
  admin: [
    'patient.read', 'analytics.read', 'quality.manage', 'chart.archive', 'patient.write', 'patient.delete', 'record.read', 'communication.read', 'appointment.read', 'patient.merge', 'template.write', 'data.import', 'data.export',
    'trash.restore', 'audit.read', 'user.manage', 'settings.manage', 'backup.manage',
    'conflict.settle', 'quarantine.manage', 'sync.manage', 'resource.read', 'resource.manage',
  ],
  doctor: [
    'patient.read', 'analytics.read', 'quality.manage', 'chart.archive', 'patient.write', 'patient.delete', 'appointment.read', 'appointment.write', 'patient.merge', 'record.read', 'record.write', 'record.sign',
    'record.delete', 'chart.write', 'template.write', 'order.sign', 'trash.restore', 'data.export', 'conflict.settle', 'quarantine.manage',
    'communication.read', 'communication.write', 'referral.write',
  ],
  nurse: ['communication.read', 'communication.write', 'patient.read', 'chart.archive', 'patient.write', 'appointment.read', 'appointment.write', 'record.read', 'record.write', 'chart.write', 'template.write', 'conflict.settle', 'analytics.read'],
  'front-desk': ['patient.read', 'patient.write', 'appointment.read', 'appointment.write', 'patient.merge', 'conflict.settle'],
};

/** Whether a role grants a permission. */
export function can(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}
