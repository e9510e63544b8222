import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import { listAuditEntries } from '../storage/audit-entries.ts';
import { startOfDay } from './calendar.ts';
import type { Context } from './context.ts';

/** Audit entries, newest first; `from` and `to` are days of this computer's calendar, both included. */
export function listAudit({ store }: Context, input: CallParsed<'audit.list'>): CallOutput<'audit.list'> {
  const { offset, limit, from, to, ...filter } = input;
  const range = {
    from: from && startOfDay(from).toISOString(),
    before: to && startOfDay(to, 1).toISOString(),
  };
  return listAuditEntries(store.connection, { ...filter, ...range }, { offset, limit });
}
