import { z } from 'zod';
import { calendarDaySchema, idSchema, instantSchema, optionalText, requiredText, type Stored } from './document.ts';
import { signatureSchema } from './fhir-types.ts';
import { genders } from './patient.ts';
import { receiptFields } from './receipt.ts';
import { requestPriorities } from './service-request.ts';

/**
 * What is asked of the other site: `referral`, to see the patient, who stays a patient of this site too; `transfer`, to take the patient
 * over, to whom the whole chart then goes; `shared-chart`, to read along for a while, which needs no answer.
 */
export const referralKinds = ['referral', 'transfer', 'shared-chart'] as const;

/** FHIR TaskStatus, those of a referral. */
export const referralStatuses = ['requested', 'accepted', 'rejected', 'cancelled', 'completed'] as const;
export type ReferralStatus = (typeof referralStatuses)[number];

/**
 * FHIR ServiceRequest with its Task: a letter from one site to another, in both of their scopes and in no other's (`siteIds`). It says
 * whom it is about in few words; the chosen part of the chart is a `sharedCharts` document of its own, which ends by itself.
 */
export const referralContentSchema = z.object({
  kind: z.enum(referralKinds),
  status: z.enum(referralStatuses),
  priority: z.enum(requestPriorities),
  /** The sender's patient. The other site holds nothing under this id, unless the patient is transferred. */
  subjectId: idSchema,
  patientName: requiredText(200),
  gender: z.enum(genders),
  birthday: calendarDaySchema.optional(),
  reason: requiredText(10_000),
  authoredOn: instantSchema,
  requesterId: z.string(),
  requesterName: z.string(),
  senderSiteId: idSchema,
  recipientSiteId: idSchema,
  recipientId: idSchema.optional(),
  recipientName: z.string().optional(),
  siteIds: z.array(idSchema).min(1).max(1000),
  sharedChartId: idSchema.optional(),
  /** Of a transfer: whether the sender's site goes on holding the chart, which it may have to for many years. Absent: it does. */
  keepCopy: z.boolean().optional(),
  /** When the sender's workstation gave the chart of an accepted transfer to the other site: once, wherever the patient goes later. */
  handedOver: instantSchema.optional(),
  /** The patient at the recipient whom it was accepted for. */
  recipientPatientId: idSchema.optional(),
  /** Why it was declined, cancelled or ended, in a person's words. */
  statusReason: optionalText(2000),
  statusChange: signatureSchema.optional(),
  ...receiptFields,
});
export type ReferralContent = z.infer<typeof referralContentSchema>;
export type Referral = Stored<ReferralContent>;
