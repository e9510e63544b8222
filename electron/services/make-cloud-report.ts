import { periodsBefore, type DueReport } from '../../shared/resources/report/due.ts';
import type { CloudReportContent } from '../../shared/schema/cloud-report.ts';
import { hadResources } from '../storage/cloud-reports.ts';
import { readRow } from '../storage/transaction.ts';
import type { Store } from '../storage/store.ts';
import { calendarDay, startOfDay } from './calendar.ts';
import type { RunningJob } from './job-runner.ts';
import { nobody } from './pending-audit.ts';
import { cloudReportSchedule } from './report-schedules.ts';
import { runSolver } from './run-solver.ts';
import type { Workstation } from './workstation.ts';

const seed = 1;
/** For a proof; a clock runs it, but what is proved within it does not depend on how fast. */
const secondsToProve = 15;
/** For the rules that take over where nothing is proved; counted in looks at the clock and not by it, see run-solver. */
const secondsOfRules = 30;

export type Wanted = Pick<CloudReportContent, 'period' | 'day' | 'from' | 'to'> & {
  /** A report that is made again: by the model, the seed and the version that made it. */
  like?: CloudReportContent;
};

/**
 * By what the portfolio has proved, and otherwise by what the rules find. Reading, solving, digest and figures are the worker's: with
 * tens of thousands of machines they take seconds, in which the screens want answers.
 */
export async function reportOf({ version, databasePath, databaseKey }: Workstation, { like, ...about }: Wanted, job: RunningJob): Promise<CloudReportContent> {
  const question = { what: 'report' as const, source: { databasePath, databaseKey, seed }, subject: { ...about, version: like?.version ?? version }, seed };
  const run = { signal: job.signal, progress: () => job.progress(0, 0) };
  if (like?.figures.placement.model !== 'greedy') {
    const proved = await runSolver({ ...question, model: 'portfolio', seconds: secondsToProve }, run);
    job.signal.throwIfAborted();
    if (proved?.answer.content) return proved.answer.content;
  }
  const found = await runSolver({ ...question, model: 'greedy', seconds: secondsOfRules, counted: true }, run);
  job.signal.throwIfAborted();
  if (!found?.answer.content) throw new Error('No placement for the report');
  return found.answer.content;
}

/** Makes the reports of periods that are over and have none: one after the other, each once, those of days on which this computer was off too. */
export function makeDueReports(workstation: Workstation): void {
  if (workstation.databaseState !== 'open' || workstation.jobs.busy) return;
  const { store, jobs } = workstation;
  const due = dueReports(workstation);
  if (due.length === 0) return;
  jobs.start('report', async (job) => {
    for (const [index, { id, period, day, until }] of due.entries()) {
      job.progress(index, due.length);
      const wanted: Wanted = { period, day, from: startOfDay(day).toISOString(), to: startOfDay(until).toISOString() };
      const content = await reportOf(workstation, wanted, job);
      // Another workstation's may have come meanwhile.
      if (isThere(store, id)) continue;
      store.commit({ actor: nobody, action: 'report.made' }, (transaction) => transaction.create('cloudReports', content, id));
    }
  });
}

/** Deleted ones count as made. */
const isThere = ({ connection }: Store, id: string): boolean => readRow(connection, 'cloudReports', id) !== undefined;

function dueReports(workstation: Workstation): DueReport[] {
  const { store } = workstation;
  const schedule = cloudReportSchedule.read(store);
  const isWanted = (period: DueReport['period']) => schedule === 'both' || schedule === period;
  return periodsBefore(calendarDay(store.now())).filter(({ id, period, until }) => isWanted(period) && hadResources(store.connection, startOfDay(until).toISOString()) && !isThere(store, id));
}
