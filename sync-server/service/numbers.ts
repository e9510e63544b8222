import type { NumbersAnswer } from '../../shared/sync/protocol.ts';
import type { ServiceContext } from './context.ts';
import { takeWorkstationNumbers } from './enrol.ts';
import { json, type Json, type SyncRequest } from './messages.ts';
import type { Session } from './sessions.ts';

/** Gives a server that follows this one workstation numbers that nobody else is given. An answer that is lost costs only numbers. */
export const numbers = async ({ database }: ServiceContext, { organisationId }: Session, { count }: SyncRequest<'numbers'>): Promise<Json<NumbersAnswer>> =>
  json(await database.transaction(async (queries) => {
    const last = await takeWorkstationNumbers(queries, organisationId, count);
    return { first: last - count + 1, last };
  }));
