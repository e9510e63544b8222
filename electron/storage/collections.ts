import type { AuditEntryContent } from '../../shared/schema/audit-entry.ts';
import { auditEntryContentSchema } from '../../shared/schema/audit-entry.ts';
import { cloudReportContentSchema, type CloudReportContent } from '../../shared/schema/cloud-report.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { computeNodeContentSchema, type ComputeNodeContent } from '../../shared/schema/compute-node.ts';
import { conflictContentSchema, type ConflictContent } from '../../shared/schema/conflict.ts';
import { databaseContentSchema, type DatabaseContent } from '../../shared/schema/database.ts';
import type { Stored } from '../../shared/schema/document.ts';
import { draftContentSchema, type DraftContent } from '../../shared/schema/draft.ts';
import { hostContentSchema, type HostContent } from '../../shared/schema/host.ts';
import { medicalRecordInputSchema, type MedicalRecordContent } from '../../shared/schema/medical-record.ts';
import { patientInputSchema, type PatientContent } from '../../shared/schema/patient.ts';
import { workstationSettingsSchema, type WorkstationSettings } from '../../shared/schema/setting.ts';
import { siteContentSchema, type SiteContent } from '../../shared/schema/site.ts';
import { storagePoolContentSchema, type StoragePoolContent } from '../../shared/schema/storage-pool.ts';
import { taskContentSchema, type TaskContent } from '../../shared/schema/task.ts';
import { userContentSchema, type UserContent } from '../../shared/schema/user.ts';
import { virtualMachineContentSchema, type VirtualMachineContent } from '../../shared/schema/virtual-machine.ts';
import { nameSortKey } from './name-sort-key.ts';

export interface Contents {
  users: UserContent;
  sites: SiteContent;
  patients: PatientContent;
  medicalRecords: MedicalRecordContent;
  drafts: DraftContent;
  conflicts: ConflictContent;
  auditEntries: AuditEntryContent;
  settings: WorkstationSettings;
  hosts: HostContent;
  virtualMachines: VirtualMachineContent;
  storagePools: StoragePoolContent;
  databases: DatabaseContent;
  computeNodes: ComputeNodeContent;
  tasks: TaskContent;
  cloudReports: CloudReportContent;
}
export type StoredDocument<Name extends CollectionName> = Stored<Contents[Name]>;

/** How a collection is kept. */
export interface Collection<Content> {
  table: string;
  /** Fields this version knows; a write leaves any other field of the stored document as it was. */
  knownFields: readonly string[];
  /** Columns that SQL cannot generate from the JSON. */
  derived: Readonly<Record<string, (content: Content) => string>>;
  /** Whether change sets with these documents are sent on. Drafts and settings stay on the workstation. */
  replicates: boolean;
}

const fieldsOf = (schema: { shape: object }) => Object.keys(schema.shape);

const resource = (table: string, schema: { shape: object }) => ({ table, knownFields: fieldsOf(schema), derived: {}, replicates: true });

export const collections: { readonly [Name in CollectionName]: Collection<Contents[Name]> } = {
  users: { table: 'users', knownFields: fieldsOf(userContentSchema), derived: {}, replicates: true },
  sites: { table: 'sites', knownFields: [...fieldsOf(siteContentSchema), 'recoveryPublicKey'], derived: {}, replicates: true },
  patients: {
    table: 'patients',
    knownFields: [...fieldsOf(patientInputSchema), 'medicalRecordNumber', 'siteIds'],
    derived: { name_sort: (patient) => nameSortKey(patient.name) },
    replicates: true,
  },
  medicalRecords: {
    table: 'medical_records',
    knownFields: [
      ...fieldsOf(medicalRecordInputSchema),
      'patientId', 'doctorId', 'doctorName', 'status', 'signature', 'amendments',
    ],
    derived: {},
    replicates: true,
  },
  drafts: { table: 'drafts', knownFields: fieldsOf(draftContentSchema), derived: {}, replicates: false },
  conflicts: { table: 'conflicts', knownFields: fieldsOf(conflictContentSchema), derived: {}, replicates: true },
  auditEntries: { table: 'audit_entries', knownFields: fieldsOf(auditEntryContentSchema), derived: {}, replicates: true },
  settings: { table: 'settings', knownFields: fieldsOf(workstationSettingsSchema), derived: {}, replicates: false },
  hosts: resource('hosts', hostContentSchema),
  virtualMachines: resource('virtual_machines', virtualMachineContentSchema),
  storagePools: resource('storage_pools', storagePoolContentSchema),
  databases: resource('databases', databaseContentSchema),
  computeNodes: resource('compute_nodes', computeNodeContentSchema),
  tasks: resource('tasks', taskContentSchema),
  cloudReports: resource('cloud_reports', cloudReportContentSchema),
};
