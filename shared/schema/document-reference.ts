import { z } from 'zod';
import { attachmentContentTypes, attachmentHashSchema, largestAttachment } from '../attachments/attachment.ts';
import { calendarDaySchema, idSchema, requiredText, type Stored } from './document.ts';

/** What kind of paper or picture it is. */
export const documentReferenceTypes = [
  'referral-letter', 'discharge-summary', 'laboratory-report', 'imaging', 'photograph', 'consent', 'insurance', 'other',
] as const;
export type DocumentReferenceType = (typeof documentReferenceTypes)[number];

/** What a person says of a document. */
export const documentReferenceInputSchema = z.strictObject({
  title: requiredText(200),
  type: z.enum(documentReferenceTypes, { error: 'required' }),
  /** The day that stands on the document, or on which the picture was taken. */
  date: calendarDaySchema,
  /** The visit that it belongs to. */
  medicalRecordId: idSchema.optional(),
});
export type DocumentReferenceInput = z.infer<typeof documentReferenceInputSchema>;

/** FHIR Attachment: which bytes, of what kind. They travel apart from the document and are found again by their hash. */
export const attachmentSchema = z.object({
  contentType: z.enum(attachmentContentTypes),
  /** Bytes. */
  size: z.int().min(1).max(largestAttachment),
  hash: attachmentHashSchema,
});
export type Attachment = z.infer<typeof attachmentSchema>;

/**
 * FHIR DocumentReference. Its attachment never changes: other bytes are another document. It is of a patient's chart, or the copy of one
 * that goes along with a shared chart, never changes and ends with it: one of the two, in whose compartment it stands.
 */
export const documentReferenceContentSchema = z.object({
  ...documentReferenceInputSchema.shape,
  patientId: idSchema.optional(),
  sharedChartId: idSchema.optional(),
  authorId: z.string().max(100),
  authorName: z.string().max(200),
  attachment: attachmentSchema,
});
export type DocumentReferenceContent = z.infer<typeof documentReferenceContentSchema>;
export type DocumentReference = Stored<DocumentReferenceContent>;

/** Of two, one would carry it to somebody whom the other does not let see it. */
export const isOfOneChart = ({ patientId, sharedChartId }: { patientId?: string | undefined; sharedChartId?: string | undefined }): boolean =>
  (patientId === undefined) !== (sharedChartId === undefined);
