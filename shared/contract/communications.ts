import { z } from 'zod';
import type { CareTask } from '../schema/care-task.ts';
import { hasOneSubject, subjectFields, type Communication } from '../schema/communication.ts';
import { calendarDaySchema, idSchema, optionalText, requiredText } from '../schema/document.ts';
import { requestPriorities } from '../schema/service-request.ts';
import { call } from './call.ts';
import { nothing, pageSchema, type Page } from './page.ts';

/** Whom it is about, as its list names it. */
interface About {
  patientName: string;
  /** What each site is called that it comes from or goes to, where that is known. */
  fromSiteName?: string;
  toSiteName?: string;
  /** Whether this user or this site is to read or do it, or has sent it. */
  direction: 'in' | 'out';
}
export type CommunicationRow = Communication & About;
export type CareTaskRow = CareTask & About;

/** What waits for this user. */
export interface CorrespondenceCounts {
  referrals: number;
  communications: number;
  careTasks: number;
}

const oneSubject = { error: 'required', path: ['patientId'] };
/** About one subject, in the order in which they were sent, or all of them, newest first. */
const listed = { ...pageSchema, ...subjectFields };

export const communicationCalls = {
  'communications.counts': call('communication.read', nothing)<CorrespondenceCounts>(),
  'communications.list': call('communication.read', z.strictObject({ ...listed, box: z.enum(['in', 'out']).optional() }))<Page<CommunicationRow>>(),
  /** On a referral to its other site; on a patient to a colleague, or to whoever reads it first. */
  'communications.send': call(
    'communication.write',
    z.strictObject({ ...subjectFields, payload: requiredText(10_000), recipientId: idSchema.optional() }).refine(hasOneSubject, oneSubject),
  )<Communication>(),
  'communications.read': call('communication.read', z.strictObject({ ids: z.array(idSchema).min(1).max(500) }))<null>(),
  'communications.restore': call('trash.restore', z.strictObject({ id: idSchema, rev: idSchema }))<Communication>(),
  'careTasks.list': call('communication.read', z.strictObject({ ...listed, open: z.boolean().optional() }))<Page<CareTaskRow>>(),
  'careTasks.create': call(
    'communication.write',
    z.strictObject({ ...subjectFields, description: requiredText(2000), priority: z.enum(requestPriorities), due: calendarDaySchema.optional(), ownerId: idSchema.optional() })
      .refine(hasOneSubject, oneSubject),
  )<CareTask>(),
  'careTasks.read': call('communication.read', z.strictObject({ ids: z.array(idSchema).min(1).max(500) }))<null>(),
  /** Done or turned down by whom it was given to, taken back by who asked. */
  'careTasks.end': call('communication.write', z.strictObject({ id: idSchema, rev: idSchema, status: z.enum(['completed', 'rejected', 'cancelled']), reason: optionalText(1000) }))<CareTask>(),
};
