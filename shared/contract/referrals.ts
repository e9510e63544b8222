import { z } from 'zod';
import { calendarDaySchema, idSchema, optionalText, requiredText } from '../schema/document.ts';
import { referralKinds, type Referral } from '../schema/referral.ts';
import { requestPriorities } from '../schema/service-request.ts';
import { entriesPerPart, referredParts, type ReferredPart, type SharedChartContent } from '../schema/shared-chart.ts';
import { call } from './call.ts';
import type { DocumentReferenceRow } from './document-references.ts';
import { nothing, pageSchema, type Page } from './page.ts';

export interface ReferralRow extends Referral {
  senderSiteName: string;
  recipientSiteName: string;
  /** Whether this workstation's site received it or sent it. */
  direction: 'in' | 'out';
  /** When the copy of the chart ends, while this workstation may still read it. */
  chartUntil?: string;
  /** Who of this workstation's patients it is about, where it holds one. */
  patientId?: string;
}

/** What may be chosen, and how many entries of each part would go along. */
export type PartCounts = Record<ReferredPart, number>;

/** Somebody to whom one can refer, write, or give a task. */
export interface Colleague {
  id: string;
  displayName: string;
}
export interface Recipients {
  /** Other sites of the organisation. */
  sites: { id: string; name: string }[];
  /** Doctors and nurses of all sites: users belong to the organisation. */
  colleagues: Colleague[];
}

export interface SharedChartRow extends SharedChartContent {
  id: string;
  senderSiteName: string;
  /** Documents and pictures that went along, latest day first: each opens once its bytes are here. */
  documents: DocumentReferenceRow[];
}

const choice = { parts: z.array(z.enum(referredParts)), since: calendarDaySchema.optional() };
/** Of a letter that was sent only its status and what became of it change, and a status is answered once: there is no version to name. */
const letter = { id: idSchema };

/** The longest that a copy of a chart may be read elsewhere. */
export const longestSharing = 365;

export const referralCalls = {
  'referrals.list': call('communication.read', z.strictObject({ ...pageSchema, direction: z.enum(['in', 'out']) }))<Page<ReferralRow>>(),
  'referrals.listOfPatient': call('communication.read', z.strictObject({ patientId: idSchema }))<ReferralRow[]>(),
  'referrals.get': call('communication.read', z.strictObject({ id: idSchema }))<ReferralRow>(),
  'referrals.recipients': call('communication.read', nothing)<Recipients>(),
  /** How much of a chart a choice would send. */
  'referrals.count': call('record.read', z.strictObject({ patientId: idSchema, since: choice.since }))<PartCounts>(),
  /** Sends a referral, and with it a copy of the chosen parts that can be read for so many days. */
  'referrals.send': call(
    'referral.write',
    z.strictObject({
      patientId: idSchema,
      kind: z.enum(referralKinds),
      recipientSiteId: idSchema,
      recipientId: idSchema.optional(),
      priority: z.enum(requestPriorities),
      reason: requiredText(10_000),
      /** Of a transfer: whether this site goes on holding the chart once the other one has it. Absent: it does. */
      keepCopy: z.boolean().optional(),
      ...choice,
      /** Which documents and pictures go along, where these are among the parts: what is ticked, and not what has come meanwhile. Absent: all. */
      documentIds: z.array(idSchema).max(entriesPerPart).optional(),
      days: z.int({ error: 'invalid-number' }).min(1, { error: 'out-of-range' }).max(longestSharing, { error: 'out-of-range' }),
    }),
  )<Referral>(),
  /** Somebody of the other site has opened it: the sender is told. Nothing where it was read before, or is one's own. */
  'referrals.read': call('communication.read', z.strictObject({ id: idSchema }))<null>(),
  /** The copy of the chart. Fails with `sharing-ended` once it has expired or was ended. */
  'referrals.chart': call('record.read', z.strictObject({ id: idSchema }))<SharedChartRow>(),
  /** For a patient of this site, or for one who is registered from the copy. A transfer brings its patient with it. */
  'referrals.accept': call('referral.write', z.strictObject({ ...letter, patientId: idSchema.optional() }))<Referral>(),
  'referrals.reject': call('referral.write', z.strictObject({ ...letter, reason: requiredText(2000) }))<Referral>(),
  /** Taken back by the sender, before it is done; what was shared ends with it. */
  'referrals.cancel': call('referral.write', z.strictObject({ ...letter, reason: requiredText(2000) }))<Referral>(),
  'referrals.complete': call('referral.write', z.strictObject({ ...letter, reason: optionalText(2000) }))<Referral>(),
  /** Ends the other site's reading of the copy before its day. */
  'referrals.endSharing': call('referral.write', z.strictObject({ id: idSchema }))<null>(),
};
