import type { CloudReportRow, ReportCheck } from '../../shared/contract/cloud-reports.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { Page } from '../../shared/contract/page.ts';
import { createTranslator } from '../../shared/i18n/index.ts';
import { reportCsv } from '../../shared/reports/csv.ts';
import { cloudReportDocument } from '../../shared/resources/report/document.ts';
import type { CloudReportContent } from '../../shared/schema/cloud-report.ts';
import type { Language } from '../../shared/schema/setting.ts';
import { same } from '../../shared/sync/canonical.ts';
import { listCloudReports } from '../storage/cloud-reports.ts';
import { calendarDay, startOfDay } from './calendar.ts';
import type { Context } from './context.ts';
import { contentOf, visibleDocument } from './documents.ts';
import type { RunningJob } from './job-runner.ts';
import { reportOf, type Wanted } from './make-cloud-report.ts';
import { reportPdf } from './reports/pdf.ts';

/** Newest first. */
export function cloudReports({ store }: Context, window: CallParsed<'cloudReports.list'>): Page<CloudReportRow> {
  const { rows, total } = listCloudReports(store.connection, window);
  return { total, rows: rows.map(({ figures: { counts, placement, bottleneck, findings }, ...report }) => ({ ...report, counts, placement, scarcest: bottleneck.dimension, findingCount: findings.of })) };
}

/** Makes a report of this moment and of the day until now. Fails with `job-running` beside another or a solver. */
export function makeCloudReport(context: Context): Job {
  const { jobs, store, workstation, actor, user } = context;
  jobs.assertIdle('report', 'placement');
  const now = store.now();
  const day = calendarDay(now);
  const wanted: Wanted = { period: 'moment', day, from: startOfDay(day).toISOString(), to: now.toISOString() };
  return jobs.start('report', async (job) => {
    const content = await reportOf(workstation, wanted, job);
    store.commit({ actor, action: 'report.made' }, (transaction) => transaction.create('cloudReports', content));
  }, user.id);
}

/** Fails with `not-found`. */
export async function cloudReportFile(context: Context, { id, format }: CallParsed<'cloudReports.file'>): Promise<{ fileName: string; bytes: string }> {
  const report = visibleDocument(context, 'cloudReports', id);
  const { language } = context.workstation.preferences;
  const bytes = format === 'pdf' ? await pdfOf(report, language) : Buffer.from(reportCsv(documentOf(report, language)), 'utf8');
  context.store.record({ actor: context.actor, action: 'export.created', about: { collection: 'cloudReports', documentId: id } });
  const about = report.period === 'monthly' ? report.day.slice(0, 7) : report.period === 'daily' ? report.day : report.to.slice(0, 16).replaceAll(':', '');
  return { fileName: `${translator(language).t('cloudReports.fileName')}-${about}.${format}`, bytes: Buffer.from(bytes).toString('base64') };
}

const translator = (language: Language) => createTranslator(language);
const documentOf = (report: CloudReportContent, language: Language) => cloudReportDocument(report, language, translator(language).t);
const pdfOf = (report: CloudReportContent, language: Language) => reportPdf(documentOf(report, language));

/** Whether a report comes out the same again, to the last byte of its PDF. Fails with `not-found`, or `job-running` beside a solver. */
export async function checkCloudReport(context: Context, { id }: CallParsed<'cloudReports.check'>): Promise<{ outcome: ReportCheck }> {
  const { jobs, user } = context;
  const report = visibleDocument(context, 'cloudReports', id);
  jobs.assertIdle('report', 'placement');
  const { promise, resolve, reject } = Promise.withResolvers<ReportCheck>();
  const { period, day, from, to } = report;
  const check = async (job: RunningJob) => {
    const again = await reportOf(context.workstation, { period, day, from, to, like: report }, job);
    if (again.inputsDigest !== report.inputsDigest) return 'inputs-differ';
    const { language } = context.workstation.preferences;
    const isEqual = same(again, contentOf(report)) && Buffer.compare(await pdfOf(report, language), await pdfOf(again, language)) === 0;
    return isEqual ? 'equal' : 'differs';
  };
  jobs.start('report', (job) => check(job).then(resolve, (error: unknown) => {
    reject(error as Error);
    throw error;
  }), user.id);
  return { outcome: await promise };
}
