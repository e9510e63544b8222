import { reportSchedules, type ReportSchedule } from '../../shared/schema/cloud-report.ts';
import { readMeta, writeMeta } from '../storage/meta.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';

/** What this workstation makes by itself: daily and monthly reports until somebody says otherwise. */
const scheduleOf = (key: 'clinicalReports' | 'cloudReports') => {
  const read = ({ connection }: Store): ReportSchedule => {
    const kept = readMeta(connection, key);
    return reportSchedules.find((schedule) => schedule === kept) ?? 'both';
  };
  return {
    read,
    show: ({ store }: Context): { schedule: ReportSchedule } => ({ schedule: read(store) }),
    set({ store, actor }: Context, { schedule }: { schedule: ReportSchedule }): { schedule: ReportSchedule } {
      writeMeta(store.connection, key, schedule);
      store.record({ actor, action: 'settings.updated' });
      return { schedule };
    },
  };
};

export const clinicalReportSchedule = scheduleOf('clinicalReports');
export const cloudReportSchedule = scheduleOf('cloudReports');
