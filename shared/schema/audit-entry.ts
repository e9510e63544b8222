import { z } from 'zod';
import { collectionNames } from './collections.ts';
import type { Stored } from './document.ts';

/** What was done, named `<noun>.<verb>`; translated as `audit.<action>`. */
export const auditActions = [
  'clinic.created', 'clinic.updated', 'demo.created',
  'session.signed-in', 'session.sign-in-failed', 'session.signed-out', 'session.locked', 'session.unlocked',
  'session.recovered',
  'user.created', 'user.updated', 'user.password-reset', 'user.password-changed', 'recovery-key.renewed',
  'patient.created', 'patient.updated', 'patient.deleted', 'patient.restored', 'patient.viewed',
  'record.created', 'record.updated', 'record.signed', 'record.amended', 'record.deleted', 'record.restored',
  'record.viewed', 'record.printed', 'patient.printed',
  'document.created', 'document.updated', 'document.deleted', 'document.restored', 'document.viewed', 'document.exported',
  'allergy.created', 'allergy.updated', 'condition.created', 'condition.updated', 'observation.created', 'observation.updated',
  'immunization.created', 'immunization.updated', 'order.signed', 'order.stopped', 'order.printed', 'code-table.loaded', 'code-table.removed',
  'appointment.booked', 'appointment.updated', 'appointment.cancelled', 'encounter.arrived', 'encounter.updated', 'encounter.called', 'encounter.finished', 'encounter.slip-printed',
  'chart.archived', 'chart.sealed-anew', 'chart.moved', 'chart.lent', 'chart.returned', 'chart.exported', 'chart.verified',
  'referral.sent', 'referral.received', 'referral.read', 'referral.accepted', 'referral.rejected', 'referral.cancelled', 'referral.completed', 'referral.handed-over',
  'shared-chart.viewed', 'shared-chart.ended', 'communication.sent', 'communication.received', 'communication.read', 'communication.restored', 'care-task.created', 'care-task.received', 'care-task.read', 'care-task.ended',
  'label.printed', 'laboratory.printed', 'immunization.printed', 'letter.printed',
  'patient.merged', 'patient.unmerged', 'duplicate.dismissed',
  'text-template.created', 'text-template.updated', 'text-template.deleted', 'favourite.added', 'favourite.removed', 'save.undone',
  'import.batch', 'import.undone', 'fhir.imported', 'export.created',
  'settings.updated', 'backup.created', 'backup.restored', 'draft.discarded',
  'conflict.settled', 'conflict.reopened', 'quarantine.retried', 'quarantine.exported', 'quarantine.discarded', 'quarantine.viewed', 'quarantine.released',
  'workstation.joined', 'workstation.left', 'workstation.renamed', 'workstation.revoked', 'workstation.moved',
  'enrolment-code.created', 'hub.started', 'hub.stopped', 'hub.followed', 'hub.unfollowed',
  'resource.saved', 'resource.deleted', 'resource.restored', 'resource.imported', 'resource.moved', 'plan.begun', 'plan.stopped', 'plan.rolled-back', 'queue.words-read', 'pool.begun', 'report.made', 'clinical-report.made', 'data.cleaned', 'cleaning.undone',
  'automation.updated', 'proposal.made', 'proposal.approved', 'proposal.declined', 'alarm.acknowledged',
] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditEntryContentSchema = z.object({
  action: z.enum(auditActions),
  actorId: z.string(),
  actorName: z.string(),
  deviceId: z.string(),
  changeSetId: z.string().optional(),
  collection: z.enum(collectionNames).optional(),
  documentId: z.string().optional(),
  patientId: z.string().optional(),
  /** Names of the fields that changed, never their values. */
  fields: z.array(z.string()).optional(),
  count: z.number().optional(),
  /** When it happened, where it could not be written at once: the database was shut or the disk full. */
  occurredAt: z.string().optional(),
});
export type AuditEntryContent = z.infer<typeof auditEntryContentSchema>;
export type AuditEntry = Stored<AuditEntryContent>;
