import { z } from 'zod';
import { ageBands, ageUnknown } from '../analytics/age-bands.ts';
import { analyticsFilterSchema, type ClinicalFigures, type ClinicalReport } from '../schema/clinical-report.ts';
import { reportSchedules, type ReportSchedule } from '../schema/cloud-report.ts';
import { idSchema } from '../schema/document.ts';
import { genders } from '../schema/patient.ts';
import { call } from './call.ts';
import { reportFormats, type ReportCheck } from './cloud-reports.ts';
import type { Job } from './job.ts';
import { nothing, pageSchema, type Page } from './page.ts';
import type { PatientRow } from './patients.ts';

export type VisitPatientRow = PatientRow & { visits: number; lastVisit: string };

/** A report as the list shows it. */
export type ClinicalReportRow = Omit<ClinicalReport, 'figures'> & Pick<ClinicalFigures, 'visits' | 'patients'>;

const filter = analyticsFilterSchema;
/** A bar of a chart: what its figure counts beside the filter. */
const part = {
  gender: z.enum(genders).optional(),
  band: z.literal([...ageBands, ageUnknown]).optional(),
  diagnosis: z.string().max(200).optional(),
};

export const analyticsCalls = {
  'analytics.dashboard': call('analytics.read', z.strictObject({ filter }))<ClinicalFigures>(),
  /** What a filter can name, and the days that records are of; none while there is no record. */
  'analytics.choices': call('analytics.read', nothing)<{ sites: { id: string; name: string }[]; departments: string[]; today: string; first: string | null }>(),
  /** Who is behind a figure, of patients that this person may see. */
  'analytics.patients': call('analytics.read', z.strictObject({ ...pageSchema, filter, ...part }))<Page<VisitPatientRow>>(),
  /** The figures as CSV, in the workstation's language. */
  'analytics.export': call('data.export', z.strictObject({ filter }))<{ fileName: string; text: string }>(),
  /** The list behind a figure as CSV; read it with `exports.read`. */
  'analytics.exportPatients': call('data.export', z.strictObject({ filter, ...part }))<Job>(),
};

export const clinicalReportCalls = {
  'clinicalReports.list': call('analytics.read', z.strictObject(pageSchema))<Page<ClinicalReportRow>>(),
  /** A report of what somebody looks at. Fails with `job-running` beside another. */
  'clinicalReports.make': call('analytics.read', z.strictObject({ filter }))<ClinicalReport>(),
  /** The file's bytes in base64, in the workstation's language. Fails with `not-found`. */
  'clinicalReports.file': call('data.export', z.strictObject({ id: idSchema, format: z.enum(reportFormats) }))<{ fileName: string; bytes: string }>(),
  /** Makes a report again from what is known now of its period and compares the PDF. Fails with `not-found`. */
  'clinicalReports.check': call('analytics.read', z.strictObject({ id: idSchema }))<{ outcome: ReportCheck }>(),
  'clinicalReports.schedule': call('analytics.read', nothing)<{ schedule: ReportSchedule }>(),
  'clinicalReports.setSchedule': call('settings.manage', z.strictObject({ schedule: z.enum(reportSchedules) }))<{ schedule: ReportSchedule }>(),
};
