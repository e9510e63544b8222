import type { CallParsed } from '../../shared/contract/index.ts';
import { reportSchedules, type ReportSchedule } from '../../shared/schema/cloud-report.ts';
import { readMeta, writeMeta } from '../storage/meta.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';

const key = 'cloudReports';

/** What this workstation makes by itself: daily and monthly reports until somebody says otherwise. */
export function readSchedule({ connection }: Store): ReportSchedule {
  const kept = readMeta(connection, key);
  return reportSchedules.find((schedule) => schedule === kept) ?? 'both';
}

export const cloudReportSchedule = ({ store }: Context): { schedule: ReportSchedule } => ({ schedule: readSchedule(store) });

export function setCloudReportSchedule({ store, actor }: Context, { schedule }: CallParsed<'cloudReports.setSchedule'>): { schedule: ReportSchedule } {
  writeMeta(store.connection, key, schedule);
  store.record({ actor, action: 'settings.updated' });
  return { schedule };
}
