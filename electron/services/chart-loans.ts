import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { ChartLoan } from '../../shared/schema/chart-loan.ts';
import { listLoans } from '../storage/record-room.ts';
import { calendarDay } from './calendar.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import { aboutChart, archivedOf, signature } from './record-room.ts';

/** Lends the paper original of a sealed chart. Fails with `not-found`, `chart-lent` or `invalid-input`. */
export function lendChart(context: Context, { id, loan }: CallParsed<'recordRoom.lend'>): ChartLoan {
  const { store, actor } = context;
  const archived = archivedOf(context, id) ?? fail({ code: 'not-found', collection: 'archivedCharts' });
  if (listLoans(store.connection, id).some(({ returnedAt }) => returnedAt === undefined)) fail({ code: 'chart-lent' });
  if (loan.dueDate < calendarDay(store.now())) fail({ code: 'invalid-input', issues: [{ path: 'loan.dueDate', code: 'out-of-range' }] });
  return store.commit({ actor, action: 'chart.lent', about: aboutChart(archived) }, (transaction) =>
    transaction.create('chartLoans', { ...loan, patientId: archived.patientId, archivedChartId: id, lent: signature(context) }));
}

/** Notes that a paper original is back; again, changes nothing. Fails with `not-found` or `stale-revision`. */
export function returnChart(context: Context, { id, rev }: CallParsed<'recordRoom.return'>): ChartLoan {
  const { store, actor } = context;
  const loan = store.get('chartLoans', id);
  if (loan === undefined || loan.deleted) return fail({ code: 'not-found', collection: 'chartLoans' });
  if (loan.returnedAt !== undefined) return loan;
  const returned = signature(context);
  return store.commit({ actor, action: 'chart.returned', about: aboutChart({ id: loan.archivedChartId, patientId: loan.patientId }) }, (transaction) =>
    transaction.update('chartLoans', id, { ...contentOf(loan), returned, returnedAt: returned.at }, { over: rev }));
}
