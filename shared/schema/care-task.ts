import { z } from 'zod';
import { subjectFields } from './communication.ts';
import { calendarDaySchema, idSchema, instantSchema, requiredText, optionalText, type Stored } from './document.ts';
import { signatureSchema } from './fhir-types.ts';
import { receiptFields } from './receipt.ts';
import { requestPriorities } from './service-request.ts';

/** FHIR TaskStatus, those of something that one person asks of another. */
export const careTaskStatuses = ['requested', 'completed', 'rejected', 'cancelled'] as const;

/** FHIR Task: something to be done for a patient, asked of a colleague or of a site. Tasks of the cloud are `tasks`. */
export const careTaskContentSchema = z.object({
  ...subjectFields,
  description: requiredText(2000),
  status: z.enum(careTaskStatuses),
  priority: z.enum(requestPriorities),
  /** The day by which it is to be done (FHIR restriction.period.end). */
  due: calendarDaySchema.optional(),
  authoredOn: instantSchema,
  requesterId: z.string(),
  requesterName: z.string(),
  requesterSiteId: idSchema.optional(),
  ownerSiteId: idSchema.optional(),
  /** A colleague; absent: whoever of the site does it. */
  ownerId: idSchema.optional(),
  ownerName: z.string().optional(),
  statusReason: optionalText(1000),
  /** Who ended it, and when. */
  statusChange: signatureSchema.optional(),
  ...receiptFields,
});
export type CareTaskContent = z.infer<typeof careTaskContentSchema>;
export type CareTask = Stored<CareTaskContent>;
