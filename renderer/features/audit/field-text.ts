import type { TFunction } from 'i18next';
import type { TextKey } from '../../../shared/i18n/index.ts';
import type { AuditEntry } from '../../../shared/schema/audit-entry.ts';
import { resourceFields } from './resource-field-text.ts';

type Collection = NonNullable<AuditEntry['collection']>;

const patientFields: Record<string, TextKey> = {
  medicalRecordNumber: 'patients.field.medicalRecordNumber',
  name: 'patients.field.name',
  gender: 'patients.field.gender',
  birthday: 'patients.field.birthday',
  estimatedBirthYear: 'imports.field.estimatedBirthYear',
  address: 'patients.field.address',
  phone: 'patients.field.phone',
  nationalId: 'patients.field.nationalId',
  insuranceNumber: 'patients.field.insuranceNumber',
  emergencyContact: 'patients.field.emergencyContact',
  photo: 'patients.field.photo',
  notes: 'patients.field.notes',
  siteIds: 'setup.clinic',
};

const recordFields: Record<string, TextKey> = {
  kind: 'records.field.kind',
  status: 'records.field.status',
  department: 'records.field.department',
  doctorId: 'records.field.doctor',
  doctorName: 'records.field.doctor',
  chiefComplaint: 'records.field.chiefComplaint',
  diagnosis: 'records.field.diagnosis',
  treatment: 'records.field.treatment',
  prescription: 'records.field.prescription',
  admissionDate: 'records.field.admissionDate',
  dischargeDate: 'records.field.dischargeDate',
  signature: 'records.field.signature',
  amendments: 'records.field.amendments',
};

const userFields: Record<string, TextKey> = {
  username: 'common.username',
  displayName: 'common.displayName',
  role: 'common.role',
  department: 'common.department',
  active: 'users.account',
  credential: 'common.password',
};

const siteFields: Record<string, TextKey> = {
  organisationName: 'setup.organisationName',
  name: 'setup.clinicName',
  address: 'setup.address',
  phone: 'setup.phone',
  logo: 'settings.logo',
  departments: 'setup.departments',
  rooms: 'setup.rooms',
  immunizationSchedule: 'setup.immunizationSchedule',
  recoveryPublicKey: 'backups.recoveryKey',
};

const settingFields: Record<string, TextKey> = {
  lockAfterMinutes: 'settings.lockAfter',
  backupFolder: 'settings.backupFolder',
  backupEveryHours: 'settings.backupEvery',
  backupsKept: 'settings.backupsKept',
  roomBoardNames: 'settings.roomBoardNames',
};

const fieldsOf: Partial<Record<Collection, Record<string, TextKey>>> = {
  patients: patientFields,
  medicalRecords: recordFields,
  users: userFields,
  sites: siteFields,
  settings: settingFields,
  ...resourceFields,
};

/** The changed fields as the forms call them, each once; a field of a newer version keeps its own name. */
export function fieldsText(collection: Collection | undefined, fields: string[], t: TFunction): string {
  const keys = collection === undefined ? undefined : fieldsOf[collection];
  const names = fields.map((field) => {
    const key = keys?.[field];
    return key === undefined ? field : t(key);
  });
  return [...new Set(names)].join(t('auditLog.listSeparator'));
}
