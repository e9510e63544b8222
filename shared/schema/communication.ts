import { z } from 'zod';
import { idSchema, instantSchema, requiredText, type Stored } from './document.ts';
import { receiptFields } from './receipt.ts';

/**
 * Whom a message or a task is about: a patient of this site, or a referral, which both of its sites hold. One of the two: it stands in
 * that one's compartment, and only who holds that is ever told of it.
 */
export const subjectFields = { patientId: idSchema.optional(), referralId: idSchema.optional() };
export const hasOneSubject = ({ patientId, referralId }: { patientId?: string | undefined; referralId?: string | undefined }): boolean =>
  (patientId === undefined) !== (referralId === undefined);

/** FHIR Communication: a message about a patient between colleagues or sites. What was sent never changes; its receipts are added. */
export const communicationContentSchema = z.object({
  ...subjectFields,
  /** Text that a person wrote (FHIR payload). */
  payload: requiredText(10_000),
  sent: instantSchema,
  senderId: z.string(),
  senderName: z.string(),
  senderSiteId: idSchema.optional(),
  recipientSiteId: idSchema.optional(),
  /** A colleague; absent: whoever of the site reads it first. */
  recipientId: idSchema.optional(),
  recipientName: z.string().optional(),
  ...receiptFields,
});
export type CommunicationContent = z.infer<typeof communicationContentSchema>;
export type Communication = Stored<CommunicationContent>;
