import { createHash } from 'node:crypto';
import { plusDays } from '../../shared/analytics/periods.ts';
import { periodsBefore, type DueReport } from '../../shared/resources/report/due.ts';
import { clinicalReportContentSchema, type ClinicalReportContent } from '../../shared/schema/clinical-report.ts';
import { derivedId } from '../../shared/sync/derived-id.ts';
import { daysOfVisits, figureInputs, type VisitFilter } from '../storage/analytics.ts';
import { conditionRows, conditionValues } from '../storage/care-counts.ts';
import type { Store } from '../storage/store.ts';
import { readRow } from '../storage/transaction.ts';
import { calendarDay } from './calendar.ts';
import { clinicalFigures, withInstants } from './clinical-figures.ts';
import { nobody } from './pending-audit.ts';
import { clinicalReportSchedule } from './report-schedules.ts';
import type { Workstation } from './workstation.ts';

interface Wanted {
  period: ClinicalReportContent['period'];
  filter: VisitFilter;
  version: string;
}

/** A report from what the store holds now. Equal inputs give an equal report. */
export async function clinicalReportOf(store: Store, { period, filter, version }: Wanted): Promise<ClinicalReportContent> {
  const { fromInstant, toInstant, ...asked } = filter;
  const hash = createHash('sha256').update(JSON.stringify([fromInstant, toInstant, Object.entries(asked).sort()]));
  for (const line of figureInputs(store.connection, filter, { sql: conditionRows(filter), values: conditionValues(filter) })) hash.update(line);
  const siteName = asked.siteId === undefined ? undefined : store.get('sites', asked.siteId)?.name;
  // Parsed as it will be when it is read back, so that one made again can be compared with one that was stored.
  return clinicalReportContentSchema.parse({
    period, filter: asked, from: fromInstant, to: toInstant, ...(siteName !== undefined && { siteName }), inputsDigest: hash.digest('hex'), version,
    figures: await clinicalFigures(store.connection, filter),
  });
}

const idOf = ({ period, day }: DueReport): string => derivedId('clinical-report', period, day);

/** Makes the reports of periods that are over and have none: one after the other, each once, those of days on which this computer was off too. */
export function makeDueClinicalReports(workstation: Workstation): void {
  if (workstation.databaseState !== 'open' || workstation.jobs.busy) return;
  const { store, jobs, version } = workstation;
  const due = dueReports(store);
  if (due.length === 0) return;
  jobs.start('clinical-report', async (job) => {
    for (const [index, report] of due.entries()) {
      const { period, day, until } = report;
      const content = await clinicalReportOf(store, { period, filter: withInstants({ from: day, to: plusDays(until, -1) }), version });
      store.commit({ actor: nobody, action: 'clinical-report.made' }, (transaction) => transaction.create('clinicalReports', content, idOf(report)));
      job.progress(index + 1, due.length);
      await job.pause();
    }
  });
}

/** Nothing is made of the time before the first record. Deleted ones count as made. */
function dueReports(store: Store): DueReport[] {
  const schedule = clinicalReportSchedule.read(store);
  if (schedule === 'off') return [];
  const { first } = daysOfVisits(store.connection);
  const isWanted = (period: DueReport['period']) => schedule === 'both' || schedule === period;
  return periodsBefore(calendarDay(store.now())).filter((report) => isWanted(report.period) && first !== null && first < report.until && readRow(store.connection, 'clinicalReports', idOf(report)) === undefined);
}
