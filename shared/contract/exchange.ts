import { z } from 'zod';
import type { FieldIssue } from '../errors.ts';
import { readableCollections } from '../chart/readable-columns.ts';
import type { Permission } from '../permissions.ts';
import { idSchema } from '../schema/document.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing, pageSchema, type Page } from './page.ts';
import { patientListFilterSchema } from './patients.ts';

/** Columns of a file that can be mapped to a patient's fields. */
export const importFields = [
  'name', 'gender', 'birthday', 'estimatedBirthYear', 'age', 'address', 'phone', 'nationalId', 'insuranceNumber',
  'emergencyContactName', 'emergencyContactRelationship', 'emergencyContactPhone', 'notes',
] as const;
export type ImportField = (typeof importFields)[number];

export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

/** Field → column index. */
export const importMappingSchema = z.partialRecord(z.enum(importFields), z.int().min(0).max(1000));
export type ImportMapping = z.infer<typeof importMappingSchema>;

export interface ImportInspection {
  encoding: Encoding;
  delimiter: string;
  columns: string[];
  sampleRows: string[][];
  suggestedMapping: ImportMapping;
}

/** What a dry run or a run found. Bad rows are left out and listed; good rows are imported. */
export interface ImportReport {
  rows: number;
  good: number;
  bad: number;
  possibleDuplicates: number;
  imported: number;
  batchId?: string;
}
/**
 * `row` counts from 1 below the header, blank rows too; a spreadsheet counts the header as well. The `path` of an issue is an import
 * field, or empty where the whole row is meant (`broken-quote`, `cell-count`, `row-too-long`).
 */
export interface ImportRowProblem {
  row: number;
  issues: FieldIssue[];
}

export interface ImportBatch {
  id: string;
  /** Patients out of a table, or charts out of FHIR resources; `count` counts patients, or documents. */
  kind: 'patients' | 'charts';
  fileName: string;
  importedAt: string;
  importedByName: string;
  count: number;
  undone: boolean;
}

const importRef = z.strictObject({ importId: idSchema });
const importPlan = z.strictObject({
  importId: idSchema,
  encoding: z.enum(encodings),
  mapping: importMappingSchema,
});

/** Lists that their screens read by pages: what goes between sites and colleagues, reports, and what waits for somebody to mend, restore or settle it, or for the server. */
export const pagedLists = ['referrals', 'communications', 'careTasks', 'clinicalReports', 'quality', 'trash', 'conflicts', 'quarantine', 'waitingChanges', 'sentChanges', 'held', 'cloudReports'] as const;

/** Lists that can be written to a file beside patients and medical records. */
export const exportLists = [
  ...readableCollections, 'displaced', 'duplicates', 'textTemplates', 'codeTables', 'laboratoryRanges', 'importBatches', 'cleanings', 'audit', 'users', 'workstations', 'backups', ...pagedLists, 'alarms', 'proposals', 'queues', 'serverJobs',
] as const;
export type ExportList = (typeof exportLists)[number];

/** What somebody needs beside `data.export` to have a list: what its screen asks for. */
export const permissionOfList: Record<ExportList, Permission> = {
  allergyIntolerances: 'record.read', conditions: 'record.read', observations: 'record.read', medicationRequests: 'record.read', serviceRequests: 'record.read', immunizations: 'record.read',
  documentReferences: 'record.read', appointments: 'appointment.read', encounters: 'appointment.read', duplicates: 'patient.merge', audit: 'audit.read', users: 'user.manage', workstations: 'sync.manage',
  textTemplates: 'record.read', referrals: 'communication.read', communications: 'communication.read', careTasks: 'communication.read', quality: 'quality.manage',
  clinicalReports: 'analytics.read', displaced: 'appointment.read', codeTables: 'settings.manage', laboratoryRanges: 'settings.manage', importBatches: 'data.import', cleanings: 'quality.manage', backups: 'backup.manage',
  // The sync centre is everybody's: this is what any export asks for.
  waitingChanges: 'data.export', sentChanges: 'data.export', held: 'sync.manage',
  cloudReports: 'resource.read', alarms: 'resource.manage', proposals: 'resource.manage', queues: 'resource.manage', serverJobs: 'resource.manage',
  trash: 'trash.restore', conflicts: 'conflict.settle', quarantine: 'quarantine.manage',
};

/** Bytes of a file in one call, base64. */
export const chunkBytes = 1_048_576;

export const exchangeCalls = {
  'imports.begin': call('data.import', z.strictObject({ fileName: z.string().max(300), size: z.int().min(0) }))<{ importId: string }>(),
  'imports.append': call('data.import', z.strictObject({ importId: idSchema, base64: z.string().max(1_500_000) }))<null>(),
  /** Reads the head of the file; the encoding is detected unless given. */
  'imports.inspect': call('data.import', z.strictObject({ importId: idSchema, encoding: z.enum(encodings).optional() }))<ImportInspection>(),
  'imports.dryRun': call('data.import', importPlan)<Job>(),
  'imports.run': call('data.import', importPlan)<Job>(),
  'imports.report': call('data.import', importRef)<ImportReport>(),
  'imports.problems': call('data.import', z.strictObject({ importId: idSchema, ...pageSchema }))<Page<ImportRowProblem>>(),
  'imports.close': call('data.import', importRef)<null>(),
  'imports.batches': call('data.import', nothing)<ImportBatch[]>(),
  /** Refused with `import-changed-since` when rows were edited after the import, unless `evenIfChanged`: those stay. */
  'imports.undo': call('data.import', z.strictObject({ batchId: idSchema, evenIfChanged: z.boolean() }))<Job>(),

  /** CSV in UTF-8 with a byte order mark (spreadsheets need it), held in memory until it is read. */
  'exports.patients': call('data.export', z.strictObject({ filter: patientListFilterSchema }))<Job>(),
  'exports.records': call('data.export', z.strictObject({ patientId: idSchema.optional() }))<Job>(),
  /** Any other list, of one patient where it is of patients' charts. Fails with `forbidden` for a list that the user may not see. */
  'exports.list': call('data.export', z.strictObject({ list: z.enum(exportLists), patientId: idSchema.optional() }))<Job>(),
  /** The next piece of a finished export; `done` with the last. Asking for the last piece frees it. */
  'exports.read': call('data.export', z.strictObject({ jobId: idSchema, part: z.int().min(0) }))<{ text: string; done: boolean }>(),
};
