import { z } from 'zod';
import { reportSchedules, type CloudFigures, type CloudReport, type ReportSchedule } from '../schema/cloud-report.ts';
import { idSchema } from '../schema/document.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing, pageSchema, type Page } from './page.ts';

/** A report as the list shows it. */
export type CloudReportRow = Omit<CloudReport, 'figures'> & Pick<CloudFigures, 'counts' | 'placement'> & { scarcest: CloudFigures['bottleneck']['dimension']; findingCount: number };

/** `inputs-differ`: the history of that time says something else now. `differs`: the same inputs gave another report. */
export type ReportCheck = 'equal' | 'inputs-differ' | 'differs';

export const reportFormats = ['pdf', 'csv'] as const;

export const cloudReportCalls = {
  'cloudReports.list': call('resource.read', z.strictObject(pageSchema))<Page<CloudReportRow>>(),
  /** A report of the cloud as it is now. Fails with `job-running` beside another or a solver. */
  'cloudReports.make': call('resource.manage', nothing)<Job>(),
  /** The file's bytes in base64, in the workstation's language. Fails with `not-found`. */
  'cloudReports.file': call('resource.read', z.strictObject({ id: idSchema, format: z.enum(reportFormats) }))<{ fileName: string; bytes: string }>(),
  /** Makes a report again from the history of its time and compares the PDF. Fails with `not-found` or `job-running`. */
  'cloudReports.check': call('resource.read', z.strictObject({ id: idSchema }))<{ outcome: ReportCheck }>(),
  'cloudReports.schedule': call('resource.read', nothing)<{ schedule: ReportSchedule }>(),
  'cloudReports.setSchedule': call('resource.manage', z.strictObject({ schedule: z.enum(reportSchedules) }))<{ schedule: ReportSchedule }>(),
};
