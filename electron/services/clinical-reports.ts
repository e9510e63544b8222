import type { ClinicalReportRow } from '../../shared/contract/analytics.ts';
import type { ReportCheck } from '../../shared/contract/cloud-reports.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import { clinicalReportDocument } from '../../shared/analytics/report-document.ts';
import { createTranslator } from '../../shared/i18n/index.ts';
import { reportCsv } from '../../shared/reports/csv.ts';
import type { ReportDocument } from '../../shared/reports/document.ts';
import type { ClinicalReport, ClinicalReportContent } from '../../shared/schema/clinical-report.ts';
import type { Language } from '../../shared/schema/setting.ts';
import { same } from '../../shared/sync/canonical.ts';
import { listClinicalReports } from '../storage/clinical-reports.ts';
import { withInstants } from './clinical-figures.ts';
import type { Context } from './context.ts';
import { contentOf, visibleDocument } from './documents.ts';
import { clinicalReportOf } from './make-clinical-report.ts';
import { reportPdf } from './reports/pdf.ts';

/** Newest first. */
export function clinicalReports({ store }: Context, window: CallParsed<'clinicalReports.list'>): Page<ClinicalReportRow> {
  const { rows, total } = listClinicalReports(store.connection, window);
  return { total, rows: rows.map(({ figures: { visits, patients }, ...report }) => ({ ...report, visits, patients })) };
}

/** Makes a report of what somebody looks at, as it is known now. */
export async function makeClinicalReport({ workstation, store, actor }: Context, { filter }: CallParsed<'clinicalReports.make'>): Promise<ClinicalReport> {
  const content = await clinicalReportOf(store, { period: 'chosen', filter: withInstants(filter), version: workstation.version });
  return store.commit({ actor, action: 'clinical-report.made' }, (transaction) => transaction.create('clinicalReports', content));
}

/** Fails with `not-found`. */
export async function clinicalReportFile(context: Context, { id, format }: CallParsed<'clinicalReports.file'>): Promise<{ fileName: string; bytes: string }> {
  const report = visibleDocument(context, 'clinicalReports', id);
  const { language } = context.workstation.preferences;
  const document = documentOf(report, language);
  const bytes = format === 'pdf' ? await reportPdf(document) : Buffer.from(reportCsv(document), 'utf8');
  context.store.record({ actor: context.actor, action: 'export.created', about: { collection: 'clinicalReports', documentId: id } });
  const { from, to } = report.filter;
  const about = report.period === 'monthly' ? from.slice(0, 7) : from === to ? from : `${from}-${to}`;
  return { fileName: `${createTranslator(language).t('analytics.reportFileName')}-${about}.${format}`, bytes: Buffer.from(bytes).toString('base64') };
}

function documentOf(report: ClinicalReportContent, language: Language): ReportDocument {
  const { t } = createTranslator(language);
  return clinicalReportDocument({ ...report, asOf: report.to, footer: `${t('analytics.madeBy', { version: report.version })} · ${report.inputsDigest}` }, language, t);
}

/** Whether a report comes out the same again from what is known now, to the last byte of its PDF. Fails with `not-found`. */
export async function checkClinicalReport(context: Context, { id }: CallParsed<'clinicalReports.check'>): Promise<{ outcome: ReportCheck }> {
  const report = visibleDocument(context, 'clinicalReports', id);
  const { period, filter, from, to, version } = report;
  const again = await clinicalReportOf(context.store, { period, filter: { ...filter, fromInstant: from, toInstant: to }, version });
  if (again.inputsDigest !== report.inputsDigest) return { outcome: 'inputs-differ' };
  const { language } = context.workstation.preferences;
  const [one, other] = await Promise.all([report, again].map((content) => reportPdf(documentOf(content, language))));
  const isEqual = same({ ...again, siteName: report.siteName }, { ...contentOf(report), siteName: report.siteName }) && Buffer.compare(one as Uint8Array, other as Uint8Array) === 0;
  return { outcome: isEqual ? 'equal' : 'differs' };
}
