import { z } from 'zod';
import { idSchema } from '../schema/document.ts';
import { draftContentSchema, draftKinds, type Draft } from '../schema/draft.ts';
import { call } from './call.ts';
import { nothing } from './page.ts';

/** Drafts belong to the signed-in user; nobody else sees them. */
export const draftCalls = {
  /** The signed-in user's drafts, newest first. */
  'drafts.list': call('session', nothing)<Draft[]>(),
  'drafts.find': call(
    'session',
    z.strictObject({ kind: z.enum(draftKinds), key: draftContentSchema.shape.key, patientId: idSchema.optional() }),
  )<Draft | null>(),
  /** Creates or replaces the draft with this kind, key and patient, and answers once it is on disk. */
  'drafts.save': call('session', draftContentSchema.omit({ userId: true }).strict())<Draft>(),
  'drafts.discard': call('session', z.strictObject({ id: idSchema }))<null>(),
};
