import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { ChartDetails, ClosedChart } from '../../shared/contract/record-room.ts';
import { fail } from '../../shared/errors.ts';
import { isComplete } from '../../shared/record-room/completeness.ts';
import { retainedUntil } from '../../shared/record-room/retention.ts';
import type { ArchivedChart, ArchivedChartContent } from '../../shared/schema/archived-chart.ts';
import { lastDays, listCharts, listLoans, readContents } from '../storage/record-room.ts';
import { calendarDay } from './calendar.ts';
import { entriesOf, openChart, sealables, timeOf, toClosedChart, toEntry } from './closed-charts.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import { recordViewed } from './viewed.ts';

/** Closed charts with what is missing in each that is not sealed yet. */
export function listClosedCharts({ store }: Context, { offset, limit, ...filter }: CallParsed<'recordRoom.list'>): Page<ClosedChart> {
  const today = calendarDay(store.now());
  const { rows, total } = listCharts(store.connection, filter, today, { offset, limit });
  return { total, rows: rows.map((row) => toClosedChart(row, row.archived === 1 ? undefined : readContents(store.connection, row, timeOf(row)), today)) };
}

/** Fails with `not-found`. */
export function getClosedChart(context: Context, { id }: CallParsed<'recordRoom.get'>): ChartDetails {
  const { store } = context;
  const { chart, contents } = openChart(context, id);
  const archived = archivedOf(context, id);
  recordViewed(context, 'patient.viewed', { collection: 'patients', documentId: chart.patientId, patientId: chart.patientId });
  return {
    ...chart,
    entries: entriesOf(context, contents, archived),
    ...(archived && { archived }),
    loans: listLoans(store.connection, id),
    retainedUntil: retainedUntil(retentionDays(context, chart), chart.kind) as string,
  };
}

/** A chart whose records are drafts has an end all the same. */
function retentionDays({ store }: Context, { patientId, kind, period }: ClosedChart) {
  const { visit = period.end, discharge = period.end } = lastDays(store.connection, patientId);
  const latest = (day: string) => (day > period.end ? day : period.end);
  return kind === 'inpatient' ? { discharge: latest(discharge) } : { visit: latest(visit) };
}

/** Takes a chart in and seals it as it is. Fails with `not-found`, `chart-sealed` or `chart-incomplete`. */
export function sealChart(context: Context, { id, location }: CallParsed<'recordRoom.seal'>): ArchivedChart {
  const { store, actor } = context;
  const { chart, contents } = openChart(context, id);
  if (archivedOf(context, id) !== undefined) fail({ code: 'chart-sealed' });
  if (!isComplete(chart.findings)) fail({ code: 'chart-incomplete', count: chart.findings.filter(({ severity }) => severity === 'required').length });
  const content: ArchivedChartContent = {
    patientId: chart.patientId, chart: chart.chart, kind: chart.kind, period: chart.period,
    entry: sealables(contents).map(toEntry), signature: signature(context), ...(location !== undefined && { location }),
  };
  return store.commit({ actor, action: 'chart.archived', about: aboutChart(chart) }, (transaction) => transaction.create('archivedCharts', content, id));
}

/** Puts a new seal on a chart in which something was amended or came late. Fails with `not-found` or `stale-revision`. */
export function sealAnew(context: Context, { id, rev, reason }: CallParsed<'recordRoom.sealAnew'>): ArchivedChart {
  const { store, actor } = context;
  const archived = archivedOf(context, id) ?? fail({ code: 'not-found', collection: 'archivedCharts' });
  const { chart, contents } = openChart(context, id);
  const content: ArchivedChartContent = {
    ...contentOf(archived), entry: sealables(contents).map(toEntry),
    amendments: [...(archived.amendments ?? []), { ...signature(context), reason, overRev: rev }],
  };
  return store.commit({ actor, action: 'chart.sealed-anew', about: aboutChart(chart) }, (transaction) => transaction.update('archivedCharts', id, content, { over: rev }));
}

/** Notes where the paper original is. Fails with `not-found` or `stale-revision`. */
export function moveOriginal(context: Context, { id, rev, location }: CallParsed<'recordRoom.move'>): ArchivedChart {
  const { store, actor } = context;
  const archived = archivedOf(context, id) ?? fail({ code: 'not-found', collection: 'archivedCharts' });
  return store.commit({ actor, action: 'chart.moved', about: aboutChart(archived) }, (transaction) =>
    transaction.update('archivedCharts', id, { ...contentOf(archived), location }, { over: rev }));
}

export function archivedOf({ store }: Context, id: string): ArchivedChart | undefined {
  const archived = store.get('archivedCharts', id);
  return archived?.deleted === false ? archived : undefined;
}

export const signature = ({ user, store }: Context) => ({ userId: user.id, name: user.displayName, at: store.now().toISOString() });
export const aboutChart = ({ id, patientId }: { id: string; patientId: string }) => ({ collection: 'archivedCharts' as const, documentId: id, patientId });
