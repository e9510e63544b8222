import { z } from 'zod';
import { appointmentContentSchema } from '../schema/appointment.ts';
import { archivedChartContentSchema } from '../schema/archived-chart.ts';
import { auditEntryContentSchema } from '../schema/audit-entry.ts';
import { clinicalSchemas } from '../schema/clinical.ts';
import { chartLoanContentSchema } from '../schema/chart-loan.ts';
import { codeTableContentSchema } from '../schema/code-table.ts';
import { careTaskContentSchema } from '../schema/care-task.ts';
import { cloudReportContentSchema } from '../schema/cloud-report.ts';
import { communicationContentSchema, hasOneSubject } from '../schema/communication.ts';
import { computeNodeContentSchema } from '../schema/compute-node.ts';
import { conflictContentSchema } from '../schema/conflict.ts';
import { databaseContentSchema } from '../schema/database.ts';
import { idSchema, instantSchema, requiredText } from '../schema/document.ts';
import { documentReferenceContentSchema, isOfOneChart } from '../schema/document-reference.ts';
import { encounterContentSchema } from '../schema/encounter.ts';
import { favouriteContentSchema } from '../schema/favourite.ts';
import { hostContentSchema } from '../schema/host.ts';
import { medicalRecordInputSchema, recordStatuses } from '../schema/medical-record.ts';
import { patientInputSchema, patientLinkSchema } from '../schema/patient.ts';
import { referralContentSchema } from '../schema/referral.ts';
import { sharedChartContentSchema } from '../schema/shared-chart.ts';
import { siteContentSchema } from '../schema/site.ts';
import { storagePoolContentSchema } from '../schema/storage-pool.ts';
import { taskContentSchema } from '../schema/task.ts';
import { textTemplateContentSchema } from '../schema/text-template.ts';
import { userContentSchema } from '../schema/user.ts';
import { virtualMachineContentSchema } from '../schema/virtual-machine.ts';
import { wireDocumentSchema, type Refusal, type WireDocument } from './protocol.ts';

const signature = z.looseObject({ userId: z.string(), name: z.string(), at: instantSchema });

/** Not `and`: it throws where one of the two trims a text that the other leaves, and a blank behind a note is no fault. */
const both = (one: z.ZodType, other: z.ZodType) => z.unknown().refine((content) => one.safeParse(content).success && other.safeParse(content).success);

/**
 * What a document must be to be taken. Fields that this version does not know pass: a newer one wrote them. Values are
 * checked and never changed, so that what is stored is what was sent.
 */
const contents: Readonly<Record<string, z.ZodType>> = {
  users: userContentSchema.loose(),
  sites: siteContentSchema.loose(),
  patients: both(
    patientInputSchema.loose(),
    z.looseObject({ medicalRecordNumber: requiredText(40), siteIds: z.array(idSchema).max(1000).optional(), link: z.array(patientLinkSchema.loose()).max(1000).optional(), distinctFrom: z.array(idSchema).max(1000).optional() }),
  ),
  medicalRecords: both(
    medicalRecordInputSchema.loose(),
    z.looseObject({
      patientId: idSchema,
      encounterId: idSchema.optional(),
      doctorId: z.string(),
      doctorName: z.string(),
      status: z.enum(recordStatuses),
      signature: signature.optional(),
      amendments: z.array(signature.and(z.looseObject({ reason: z.string(), overRev: z.string() }))).optional(),
    }),
  ),
  allergyIntolerances: clinicalSchemas.allergyIntolerances.loose(),
  conditions: clinicalSchemas.conditions.loose(),
  observations: clinicalSchemas.observations.loose(),
  medicationRequests: clinicalSchemas.medicationRequests.loose(),
  serviceRequests: clinicalSchemas.serviceRequests.loose(),
  immunizations: clinicalSchemas.immunizations.loose(),
  codeTables: codeTableContentSchema.loose(),
  textTemplates: textTemplateContentSchema.loose(),
  favourites: favouriteContentSchema.loose(),
  // Only what a slot can be read from: who books what is checked where it is booked.
  appointments: appointmentContentSchema.loose().refine(({ start, end }) => end > start && Date.parse(end) - Date.parse(start) <= 86_400_000),
  encounters: encounterContentSchema.loose(),
  archivedCharts: archivedChartContentSchema.loose(),
  chartLoans: chartLoanContentSchema.loose(),
  documentReferences: documentReferenceContentSchema.loose().refine(isOfOneChart),
  referrals: referralContentSchema.loose(),
  sharedCharts: sharedChartContentSchema.loose(),
  // Of two subjects, one would carry it to somebody whom the other does not let see it.
  communications: communicationContentSchema.loose().refine(hasOneSubject),
  careTasks: careTaskContentSchema.loose().refine(hasOneSubject),
  conflicts: conflictContentSchema.loose(),
  hosts: hostContentSchema.loose(),
  virtualMachines: virtualMachineContentSchema.loose(),
  storagePools: storagePoolContentSchema.loose(),
  databases: databaseContentSchema.loose(),
  computeNodes: computeNodeContentSchema.loose(),
  tasks: taskContentSchema.loose(),
  cloudReports: cloudReportContentSchema.loose(),
  // Actions that a newer workstation knows pass: an audit entry is taken whatever it tells.
  auditEntries: auditEntryContentSchema.loose().extend({ action: z.string().max(100), collection: z.string().max(40).optional() }),
};

/** Why a document cannot be taken; undefined when it can. A purged one has no content to check. */
export function validateDocument(document: unknown): Refusal | undefined {
  const parsed = wireDocumentSchema.safeParse(document);
  if (!parsed.success) return 'invalid-document';
  return validateContent(parsed.data satisfies WireDocument);
}

/** The same of a document whose frame has been looked at. */
export function validateContent({ collection, content }: Pick<WireDocument, 'collection' | 'content'>): Refusal | undefined {
  const schema = Object.hasOwn(contents, collection) ? contents[collection] : undefined;
  if (schema === undefined) return 'unknown-collection';
  return content === null || schema.safeParse(content).success ? undefined : 'invalid-document';
}
