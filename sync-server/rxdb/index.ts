import type { z } from 'zod';
import type { ServiceContext } from '../service/context.ts';
import { refuse } from '../service/failure.ts';
import type { Handle } from '../service/messages.ts';
import type { RxdbDocument } from './documents.ts';
import { pullDocuments, rxdbPullSchema, type RxdbPulled } from './pull.ts';
import { pushRows, rxdbPushSchema } from './push.ts';

/**
 * Lets RxDB clients replicate, each with the identity and the scope of a workstation: it enrols with a code and says hello as one, and
 * its token goes with every request. Hints of the same server are its stream: RESYNC.
 */
export interface RxdbAdapter {
  pull(token: string | null, body: unknown): Promise<RxdbPulled>;
  /** Answers the conflicting master documents; none where all went through. */
  push(token: string | null, body: unknown): Promise<RxdbDocument[]>;
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  return result.success ? result.data : refuse('malformed-message');
}

export const createRxdbAdapter = (context: ServiceContext, handle: Handle): RxdbAdapter => ({
  pull: async (token, body) => pullDocuments(handle, token, parsed(rxdbPullSchema, body)),
  push: async (token, body) => pushRows(context, handle, token, parsed(rxdbPushSchema, body)),
});
