import { localDay } from '../../shared/local-day.ts';
import { appointmentContentSchema, type AppointmentContent } from '../../shared/schema/appointment.ts';
import { archivedChartContentSchema, type ArchivedChartContent } from '../../shared/schema/archived-chart.ts';
import type { AuditEntryContent } from '../../shared/schema/audit-entry.ts';
import { auditEntryContentSchema } from '../../shared/schema/audit-entry.ts';
import { chartLoanContentSchema, type ChartLoanContent } from '../../shared/schema/chart-loan.ts';
import { clinicalSchemas, type ClinicalCollection, type ClinicalContents } from '../../shared/schema/clinical.ts';
import { clinicalReportContentSchema, type ClinicalReportContent } from '../../shared/schema/clinical-report.ts';
import { codeTableContentSchema, type CodeTableContent } from '../../shared/schema/code-table.ts';
import { careTaskContentSchema, type CareTaskContent } from '../../shared/schema/care-task.ts';
import { cloudReportContentSchema, type CloudReportContent } from '../../shared/schema/cloud-report.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { communicationContentSchema, type CommunicationContent } from '../../shared/schema/communication.ts';
import { computeNodeContentSchema, type ComputeNodeContent } from '../../shared/schema/compute-node.ts';
import { conflictContentSchema, type ConflictContent } from '../../shared/schema/conflict.ts';
import { databaseContentSchema, type DatabaseContent } from '../../shared/schema/database.ts';
import type { Stored } from '../../shared/schema/document.ts';
import { documentReferenceContentSchema, type DocumentReferenceContent } from '../../shared/schema/document-reference.ts';
import { draftContentSchema, type DraftContent } from '../../shared/schema/draft.ts';
import { encounterContentSchema, type EncounterContent } from '../../shared/schema/encounter.ts';
import { favouriteContentSchema, type FavouriteContent } from '../../shared/schema/favourite.ts';
import { hostContentSchema, type HostContent } from '../../shared/schema/host.ts';
import { medicalRecordInputSchema, type MedicalRecordContent } from '../../shared/schema/medical-record.ts';
import { patientInputSchema, type PatientContent } from '../../shared/schema/patient.ts';
import { workstationSettingsSchema, type WorkstationSettings } from '../../shared/schema/setting.ts';
import { referralContentSchema, type ReferralContent } from '../../shared/schema/referral.ts';
import { sharedChartContentSchema, type SharedChartContent } from '../../shared/schema/shared-chart.ts';
import { siteContentSchema, type SiteContent } from '../../shared/schema/site.ts';
import { storagePoolContentSchema, type StoragePoolContent } from '../../shared/schema/storage-pool.ts';
import { taskContentSchema, type TaskContent } from '../../shared/schema/task.ts';
import { textTemplateContentSchema, type TextTemplateContent } from '../../shared/schema/text-template.ts';
import { userContentSchema, type UserContent } from '../../shared/schema/user.ts';
import { virtualMachineContentSchema, type VirtualMachineContent } from '../../shared/schema/virtual-machine.ts';
import { replacedBy } from '../../shared/patients/links.ts';
import { nameSortKey } from './name-sort-key.ts';

export interface Contents extends ClinicalContents {
  users: UserContent;
  sites: SiteContent;
  patients: PatientContent;
  medicalRecords: MedicalRecordContent;
  documentReferences: DocumentReferenceContent;
  appointments: AppointmentContent;
  encounters: EncounterContent;
  archivedCharts: ArchivedChartContent;
  chartLoans: ChartLoanContent;
  referrals: ReferralContent;
  sharedCharts: SharedChartContent;
  communications: CommunicationContent;
  careTasks: CareTaskContent;
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
  clinicalReports: ClinicalReportContent;
  codeTables: CodeTableContent;
  textTemplates: TextTemplateContent;
  favourites: FavouriteContent;
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

const replicated = (table: string, schema: { shape: object }) => ({ table, knownFields: fieldsOf(schema), derived: {}, replicates: true });

const clinical: { readonly [Name in ClinicalCollection]: Collection<Contents[Name]> } = {
  allergyIntolerances: replicated('allergy_intolerances', clinicalSchemas.allergyIntolerances),
  conditions: replicated('conditions', clinicalSchemas.conditions),
  observations: replicated('observations', clinicalSchemas.observations),
  medicationRequests: replicated('medication_requests', clinicalSchemas.medicationRequests),
  serviceRequests: replicated('service_requests', clinicalSchemas.serviceRequests),
  immunizations: replicated('immunizations', clinicalSchemas.immunizations),
};

export const collections: { readonly [Name in CollectionName]: Collection<Contents[Name]> } = {
  users: { table: 'users', knownFields: fieldsOf(userContentSchema), derived: {}, replicates: true },
  sites: { table: 'sites', knownFields: [...fieldsOf(siteContentSchema), 'recoveryPublicKey', 'sealKeys'], derived: {}, replicates: true },
  patients: {
    table: 'patients',
    knownFields: [...fieldsOf(patientInputSchema), 'medicalRecordNumber', 'siteIds', 'link', 'distinctFrom'],
    derived: { name_sort: (patient) => nameSortKey(patient.name), replaced_by: (patient) => replacedBy(patient) ?? '' },
    replicates: true,
  },
  medicalRecords: {
    table: 'medical_records',
    knownFields: [
      ...fieldsOf(medicalRecordInputSchema),
      'patientId', 'encounterId', 'siteId', 'doctorId', 'doctorName', 'status', 'signature', 'amendments',
    ],
    derived: {},
    replicates: true,
  },
  ...clinical,
  codeTables: replicated('code_tables', codeTableContentSchema),
  textTemplates: replicated('text_templates', textTemplateContentSchema),
  favourites: replicated('favourites', favouriteContentSchema),
  appointments: replicated('appointments', appointmentContentSchema),
  encounters: { ...replicated('encounters', encounterContentSchema), derived: { chart_end: ({ status, endedAt }) => (status === 'finished' && endedAt !== undefined ? localDay(new Date(endedAt)) : '') } },
  archivedCharts: replicated('archived_charts', archivedChartContentSchema),
  chartLoans: replicated('chart_loans', chartLoanContentSchema),
  referrals: replicated('referrals', referralContentSchema),
  sharedCharts: replicated('shared_charts', sharedChartContentSchema),
  communications: replicated('communications', communicationContentSchema),
  careTasks: replicated('care_tasks', careTaskContentSchema),
  documentReferences: { table: 'document_references', knownFields: fieldsOf(documentReferenceContentSchema), derived: {}, replicates: true },
  drafts: { table: 'drafts', knownFields: fieldsOf(draftContentSchema), derived: {}, replicates: false },
  conflicts: { table: 'conflicts', knownFields: fieldsOf(conflictContentSchema), derived: {}, replicates: true },
  auditEntries: { table: 'audit_entries', knownFields: fieldsOf(auditEntryContentSchema), derived: {}, replicates: true },
  settings: { table: 'settings', knownFields: fieldsOf(workstationSettingsSchema), derived: {}, replicates: false },
  hosts: replicated('hosts', hostContentSchema),
  virtualMachines: replicated('virtual_machines', virtualMachineContentSchema),
  storagePools: replicated('storage_pools', storagePoolContentSchema),
  databases: replicated('databases', databaseContentSchema),
  computeNodes: replicated('compute_nodes', computeNodeContentSchema),
  tasks: replicated('tasks', taskContentSchema),
  cloudReports: replicated('cloud_reports', cloudReportContentSchema),
  clinicalReports: { ...replicated('clinical_reports', clinicalReportContentSchema), replicates: false },
};
