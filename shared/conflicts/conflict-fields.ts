import type { TFunction } from 'i18next';
import { clinicalConflictFields } from './clinical-conflict-fields.ts';
import { documentReferenceTypes } from '../schema/document-reference.ts';
import { recordKinds } from '../schema/medical-record.ts';
import { referralKinds } from '../schema/referral.ts';
import { requestPriorities } from '../schema/service-request.ts';
import type { ConflictField } from './conflict-field.ts';
import { resourceConflictFields } from './resource-conflict-fields.ts';

const deletion: ConflictField = { label: 'conflicts.deletion', kind: 'choice', options: { true: 'conflicts.deletedValue', false: 'conflicts.notDeletedValue' } };

const urgency: ConflictField = { label: 'correspondence.priority', kind: 'choice', options: Object.fromEntries(requestPriorities.map((one) => [one, `correspondence.priorities.${one}`] as const)) };
const fromTo = {
  senderName: { label: 'correspondence.column.from', kind: 'whole' }, recipientName: { label: 'correspondence.column.to', kind: 'whole' },
} as const satisfies Record<string, ConflictField>;

const sections = {
  chiefComplaint: { label: 'records.field.chiefComplaint', kind: 'text', editable: true },
  diagnosis: { label: 'records.field.diagnosis', kind: 'text', editable: true },
  treatment: { label: 'records.field.treatment', kind: 'text', editable: true },
  prescription: { label: 'records.field.prescription', kind: 'text', editable: true },
} as const satisfies Record<string, ConflictField>;

const fields: Readonly<Record<string, Readonly<Record<string, ConflictField>>>> = {
  ...clinicalConflictFields,
  ...resourceConflictFields,
  patients: {
    name: { label: 'patients.field.name', kind: 'line', editable: true },
    gender: {
      label: 'patients.field.gender',
      kind: 'choice',
      options: { male: 'patients.gender.male', female: 'patients.gender.female', other: 'patients.gender.other', unknown: 'patients.gender.unknown' },
      editable: true,
    },
    birthday: { label: 'patients.field.birthday', kind: 'whole', editable: true },
    estimatedBirthYear: { label: 'imports.field.estimatedBirthYear', kind: 'whole' },
    address: { label: 'patients.field.address', kind: 'text', editable: true },
    phone: { label: 'patients.field.phone', kind: 'whole', editable: true },
    nationalId: { label: 'patients.field.nationalId', kind: 'whole', editable: true },
    insuranceNumber: { label: 'patients.field.insuranceNumber', kind: 'whole', editable: true },
    emergencyContact: { label: 'patients.field.emergencyContact', kind: 'other' },
    'emergencyContact.name': { label: 'patients.field.emergencyContactName', kind: 'line', editable: true },
    'emergencyContact.relationship': { label: 'patients.field.emergencyContactRelationship', kind: 'line', editable: true },
    'emergencyContact.phone': { label: 'patients.field.emergencyContactPhone', kind: 'whole', editable: true },
    photo: { label: 'patients.field.photo', kind: 'picture' },
    notes: { label: 'patients.field.notes', kind: 'text', editable: true },
    medicalRecordNumber: { label: 'patients.field.medicalRecordNumber', kind: 'whole' },
  },
  documentReferences: {
    title: { label: 'documents.field.title', kind: 'whole' }, date: { label: 'documents.field.date', kind: 'whole' }, authorName: { label: 'documents.column.author', kind: 'whole' },
    type: { label: 'documents.field.type', kind: 'choice', options: Object.fromEntries(documentReferenceTypes.map((one) => [one, `documents.type.${one}`] as const)) },
  },
  archivedCharts: { location: { label: 'recordRoom.location', kind: 'whole' } },
  chartLoans: {
    borrowerName: { label: 'recordRoom.borrower', kind: 'line' }, purpose: { label: 'recordRoom.purpose', kind: 'line' }, dueDate: { label: 'recordRoom.dueDate', kind: 'whole' },
    returnedAt: { label: 'recordRoom.loanColumn.returnedAt', kind: 'instant' },
  },
  medicalRecords: {
    kind: {
      label: 'records.field.kind',
      kind: 'choice',
      options: { outpatient: 'records.kind.outpatient', inpatient: 'records.kind.inpatient', emergency: 'records.kind.emergency' },
      editable: true,
    },
    department: { label: 'records.field.department', kind: 'line', editable: true },
    doctorName: { label: 'records.field.doctor', kind: 'whole' },
    status: { label: 'records.field.status', kind: 'choice', options: { draft: 'records.status.draft', signed: 'records.status.signed', amended: 'records.status.amended' } },
    ...sections,
    admissionDate: { label: 'records.field.admissionDate', kind: 'whole', editable: true },
    dischargeDate: { label: 'records.field.dischargeDate', kind: 'whole', editable: true },
  },
  appointments: {
    start: { label: 'appointments.start', kind: 'instant' },
    end: { label: 'appointments.end', kind: 'instant' },
    room: { label: 'appointments.room', kind: 'whole', editable: true },
    practitionerId: { label: 'appointments.practitioner', kind: 'other' },
    reason: { label: 'appointments.reason', kind: 'text', editable: true },
    status: {
      label: 'records.field.status',
      kind: 'choice',
      options: {
        proposed: 'appointments.status.proposed', booked: 'appointments.status.booked', arrived: 'appointments.status.arrived',
        fulfilled: 'appointments.status.fulfilled', cancelled: 'appointments.status.cancelled', noshow: 'appointments.status.noshow',
      },
    },
  },
  encounters: {
    status: {
      label: 'records.field.status',
      kind: 'choice',
      options: {
        arrived: 'encounters.status.arrived', triaged: 'encounters.status.triaged', 'in-progress': 'encounters.status.in-progress',
        finished: 'encounters.status.finished', cancelled: 'encounters.status.cancelled',
      },
    },
    priority: {
      label: 'encounters.priority',
      kind: 'choice',
      options: { routine: 'encounters.priorities.routine', urgent: 'encounters.priorities.urgent', emergency: 'encounters.priorities.emergency' },
    },
    priorityReason: { label: 'encounters.priorityReason', kind: 'text', editable: true },
    kind: { label: 'encounters.kind', kind: 'choice', options: Object.fromEntries(recordKinds.map((one) => [one, `records.kind.${one}`] as const)) },
    arrivedAt: { label: 'encounters.arrived', kind: 'instant' },
    practitionerId: { label: 'encounters.practitioner', kind: 'other' },
    room: { label: 'encounters.boardRoom', kind: 'whole', editable: true },
    reason: { label: 'encounters.reason', kind: 'text', editable: true },
  },
  referrals: {
    patientName: { label: 'correspondence.column.patient', kind: 'whole' },
    kind: { label: 'correspondence.column.kind', kind: 'choice', options: Object.fromEntries(referralKinds.map((one) => [one, `correspondence.kind.${one}`] as const)) },
    priority: urgency,
    reason: { label: 'correspondence.reason', kind: 'whole' },
    requesterName: fromTo.senderName,
    recipientName: fromTo.recipientName,
    keepCopy: { label: 'correspondence.keepCopy.fact', kind: 'choice', options: { true: 'correspondence.keepCopy.kept', false: 'correspondence.keepCopy.moved' } },
    status: {
      label: 'records.field.status',
      kind: 'choice',
      options: {
        requested: 'correspondence.status.requested', accepted: 'correspondence.status.accepted', rejected: 'correspondence.status.rejected',
        cancelled: 'correspondence.status.cancelled', completed: 'correspondence.status.completed',
      },
    },
    statusReason: { label: 'correspondence.field.statusReason', kind: 'text', editable: true },
    recipientPatientId: { label: 'correspondence.field.recipientPatientId', kind: 'other' },
  },
  sharedCharts: { expiresAt: { label: 'correspondence.chart', kind: 'instant' } },
  communications: { payload: { label: 'correspondence.column.text', kind: 'whole' }, sent: { label: 'correspondence.column.sent', kind: 'instant' }, ...fromTo },
  careTasks: {
    description: { label: 'correspondence.column.text', kind: 'whole' },
    priority: urgency,
    due: { label: 'correspondence.column.due', kind: 'whole' },
    requesterName: fromTo.senderName,
    ownerName: fromTo.recipientName,
    status: {
      label: 'records.field.status',
      kind: 'choice',
      options: {
        requested: 'correspondence.taskStatus.requested', completed: 'correspondence.taskStatus.completed',
        rejected: 'correspondence.taskStatus.rejected', cancelled: 'correspondence.taskStatus.cancelled',
      },
    },
    statusReason: { label: 'correspondence.field.statusReason', kind: 'text', editable: true },
  },
  textTemplates: {
    title: { label: 'habits.field.title', kind: 'line', editable: true },
    kind: { label: 'habits.field.kind', kind: 'choice', options: { snippet: 'habits.kind.snippet', record: 'habits.kind.record' } },
    shortcut: { label: 'habits.field.shortcut', kind: 'whole', editable: true },
    department: { label: 'habits.field.department', kind: 'line', editable: true },
    text: { label: 'habits.field.text', kind: 'text', editable: true },
    ...sections,
  },
  codeTables: { name: { label: 'chart.tables.name', kind: 'whole' } },
  cloudReports: {
    day: { label: 'cloudReports.column.about', kind: 'whole' },
    period: { label: 'cloudReports.column.period', kind: 'choice', options: { daily: 'cloudReports.period.daily', monthly: 'cloudReports.period.monthly', moment: 'cloudReports.period.moment' } },
    to: { label: 'cloudReports.column.made', kind: 'instant' },
  },
  users: {
    username: { label: 'common.username', kind: 'whole', editable: true },
    displayName: { label: 'common.displayName', kind: 'line', editable: true },
    role: { label: 'common.role', kind: 'choice', options: { admin: 'role.admin', doctor: 'role.doctor', nurse: 'role.nurse', 'front-desk': 'role.front-desk' }, editable: true },
    department: { label: 'common.department', kind: 'line', editable: true },
    active: { label: 'users.account', kind: 'choice', options: { true: 'users.active', false: 'users.closed' } },
    credential: { label: 'common.password', kind: 'secret' },
  },
  sites: {
    organisationName: { label: 'setup.organisationName', kind: 'line', editable: true },
    name: { label: 'setup.clinicName', kind: 'line', editable: true },
    address: { label: 'setup.address', kind: 'text', editable: true },
    phone: { label: 'setup.phone', kind: 'whole', editable: true },
    logo: { label: 'settings.logo', kind: 'picture' },
    immunizationSchedule: { label: 'setup.immunizationSchedule', kind: 'choice', options: { china: 'chart.schedule.china', who: 'chart.schedule.who' }, editable: true },
    recoveryPublicKey: { label: 'backups.recoveryKey', kind: 'secret' },
  },
};

/** Names of the fields of a collection that have a name for people, in the order in which they are read. */
export const readableFields = (collection: string): string[] => Object.keys(fields[collection] ?? {}).filter((name) => !name.includes('.'));

/** How a clash's field is shown and settled; a field of a newer version is shown as far as it is text. */
export function conflictField(collection: string, path: string): ConflictField {
  if (path === 'deleted') return deletion;
  return fields[collection]?.[path] ?? { kind: 'other' };
}

/** What the field is called; one that this version does not know bears the name that it is stored under. */
export const fieldLabel = (collection: string, path: string, t: TFunction): string => {
  if (path === '') return t('conflicts.wholeDocument');
  const { label } = conflictField(collection, path);
  return label === undefined ? path : t(label);
};
