import type { ReportPeriod } from '../../schema/cloud-report.ts';
import { derivedId } from '../../sync/derived-id.ts';

/** A period that is over, by its first day: `2026-03-01` is a day, or the March of that year. */
export interface DueReport {
  id: string;
  period: Exclude<ReportPeriod, 'moment'>;
  day: string;
  /** The first day after it. */
  until: string;
}

/** Days that are made up for after the workstation was off; what is older says little, and would take the first minutes of the morning. */
const daysMadeUp = 7;

const plusDays = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const monthOf = (day: string) => `${day.slice(0, 7)}-01`;

export const reportId = (period: DueReport['period'], day: string) => derivedId('cloud-report', period, day);

/** The periods before `today` that may want a report, oldest first: the last days, and the last month. */
export function periodsBefore(today: string): DueReport[] {
  const month = monthOf(plusDays(monthOf(today), -1));
  const days = Array.from({ length: daysMadeUp }, (_, index): DueReport => {
    const day = plusDays(today, index - daysMadeUp);
    return { id: reportId('daily', day), period: 'daily', day, until: plusDays(day, 1) };
  });
  return [...days, { id: reportId('monthly', month), period: 'monthly', day: month, until: monthOf(today) }];
}
