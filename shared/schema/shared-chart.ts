import { z } from 'zod';
import { clinicalCollections } from './clinical.ts';
import { idSchema, instantSchema, type Stored } from './document.ts';
import { patientInputSchema } from './patient.ts';

/** Parts of a chart that may be chosen, each a collection. */
export const chartParts = [...clinicalCollections, 'medicalRecords'] as const;
export type ChartPart = (typeof chartParts)[number];

/** What may go along with a referral: entries in the copy itself, and documents and pictures as copies beside it, whose bytes follow. */
export const referredParts = [...chartParts, 'documentReferences'] as const;
export type ReferredPart = (typeof referredParts)[number];

/** The newest of each part that go along: a letter is read by a person, and a change set is never split. */
export const entriesPerPart = 100;

const entrySchema = z.object({ collection: z.enum(chartParts), id: idSchema, updatedAt: instantSchema, content: z.record(z.string(), z.unknown()) });

/**
 * A copy of the chosen part of a chart, made when it was sent: nothing that is written at the sender's later is in it. It grants itself
 * to `siteIds`; when `expiresAt` has passed, the server takes every site but the sender's off that list, and with the next sync the copy
 * is gone from their workstations. Nothing else of it ever changes, so that a reader cannot prolong it.
 */
export const sharedChartContentSchema = z.object({
  referralId: idSchema,
  senderSiteId: idSchema,
  siteIds: z.array(idSchema).min(1).max(1000),
  expiresAt: instantSchema,
  patient: patientInputSchema.loose(),
  entries: z.array(entrySchema).max(entriesPerPart * chartParts.length),
});
export type SharedChartContent = z.infer<typeof sharedChartContentSchema>;
export type SharedChart = Stored<SharedChartContent>;
