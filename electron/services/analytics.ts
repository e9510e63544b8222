import type { VisitPatientRow } from '../../shared/contract/analytics.ts';
import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { Page } from '../../shared/contract/page.ts';
import { clinicalReportDocument } from '../../shared/analytics/report-document.ts';
import { createTranslator } from '../../shared/i18n/index.ts';
import { reportCsv } from '../../shared/reports/csv.ts';
import type { ClinicalFigures } from '../../shared/schema/clinical-report.ts';
import { daysOfVisits, departmentsOfVisits, namesOfSites } from '../storage/analytics.ts';
import { listVisitPatients } from '../storage/visit-patients.ts';
import { calendarDay } from './calendar.ts';
import { clinicalFigures, withInstants } from './clinical-figures.ts';
import type { Context } from './context.ts';
import { keepExport, newExportFile } from './export-files.ts';
import { currentSite } from './sites.ts';

export const dashboard = ({ store }: Context, { filter }: CallParsed<'analytics.dashboard'>): Promise<ClinicalFigures> => clinicalFigures(store.connection, withInstants(filter));

export function analyticsChoices({ store }: Context): CallOutput<'analytics.choices'> {
  const departments = new Set([...currentSite({ store }).departments, ...departmentsOfVisits(store.connection)]);
  return {
    sites: namesOfSites(store.connection), departments: [...departments], today: calendarDay(store.now()), first: daysOfVisits(store.connection).first,
  };
}

export const visitPatients = ({ store }: Context, { filter, offset, limit, ...part }: CallParsed<'analytics.patients'>): Page<VisitPatientRow> =>
  listVisitPatients(store.connection, withInstants(filter), part, { offset, limit });

/** The dashboard's figures as CSV; the audit knows of it before anybody has it. */
export async function exportDashboard({ store, workstation, actor }: Context, { filter }: CallParsed<'analytics.export'>): Promise<{ fileName: string; text: string }> {
  const { language } = workstation.preferences;
  const { t } = createTranslator(language);
  const whole = withInstants(filter);
  const figures = await clinicalFigures(store.connection, whole);
  const siteName = store.get('sites', filter.siteId ?? '')?.name;
  const document = clinicalReportDocument({ period: 'chosen', filter, ...(siteName !== undefined && { siteName }), figures, asOf: whole.toInstant, footer: '' }, language, t);
  store.record({ actor, action: 'export.created', about: { collection: 'medicalRecords' } });
  return { fileName: `${t('analytics.fileName')}-${filter.from}-${filter.to}.csv`, text: reportCsv(document) };
}

const rowsATurn = 500;

export function exportVisitPatients(context: Context, { filter, ...part }: CallParsed<'analytics.exportPatients'>): Job {
  const { store, workstation, actor, user, jobs } = context;
  const { t } = createTranslator(workstation.preferences.language);
  const keep = keepExport(context);
  return jobs.start('export', async (job) => {
    const file = newExportFile([t('patients.field.medicalRecordNumber'), t('patients.field.name'), t('patients.field.gender'), t('patients.field.birthday'), t('patients.field.phone'), t('analytics.visits'), t('analytics.lastVisit')]);
    let [done, total] = [0, 1];
    while (done < total) {
      const page = listVisitPatients(store.connection, withInstants(filter), part, { offset: done, limit: rowsATurn });
      if (page.rows.length === 0) break;
      total = page.total;
      done += page.rows.length;
      await file.append(page.rows.map((row) => [row.medicalRecordNumber, row.name, t(`patients.gender.${row.gender}`), row.birthday ?? String(row.estimatedBirthYear ?? ''), row.phone ?? '', String(row.visits), row.lastVisit]));
      job.progress(done, total);
      await job.pause();
    }
    await file.finish();
    store.record({ actor, action: 'export.created', about: { collection: 'patients' }, count: done });
    keep(job.id, file);
  }, user.id);
}
