import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { closedChartCells, closedChartHeader } from '../../shared/exchange/closed-chart-export.ts';
import type { Context } from './context.ts';
import { keepExport, newExportFile, type ExportFile } from './export-files.ts';
import type { RunningJob } from './job-runner.ts';
import { listClosedCharts } from './record-room.ts';

/** Charts read in one turn. */
const pageLength = 200;

/** Writes a list of the record room as CSV. */
export function exportChartList(context: Context, filter: CallParsed<'recordRoom.exportList'>): Job {
  const keep = keepExport(context);
  return context.jobs.start('export', async (job) => keep(job.id, await writeList(context, filter, job)), context.user.id);
}

async function writeList(context: Context, filter: CallParsed<'recordRoom.exportList'>, job: RunningJob): Promise<ExportFile> {
  const { store, actor, workstation } = context;
  const { language } = workstation.preferences;
  const file = newExportFile(closedChartHeader(language));
  let count = 0;
  for (let total = 1; count < total; ) {
    const page = listClosedCharts(context, { ...filter, offset: count, limit: pageLength });
    await file.append(page.rows.map((chart) => closedChartCells(chart, language)));
    count += page.rows.length;
    total = page.rows.length === 0 ? 0 : page.total;
    job.progress(count, page.total);
    await job.pause();
  }
  await file.finish();
  store.record({ actor, action: 'export.created', about: { collection: 'archivedCharts' }, count });
  return file;
}
