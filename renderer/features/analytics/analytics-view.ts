import { create } from 'zustand';
import { monthEnd, plusDays } from '../../../shared/analytics/periods.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { AnalyticsFilter } from '../../../shared/schema/clinical-report.ts';
import { today } from '../patients/calendar-day.ts';

export const periodNames = ['today', 'week', 'month', 'thisMonth', 'lastMonth', 'year', 'all', 'chosen'] as const;
export type PeriodName = (typeof periodNames)[number];

/** What of the figures somebody wants to see the patients of. */
export type Part = Omit<CallInput<'analytics.patients'>, 'offset' | 'limit' | 'filter'>;

interface AnalyticsView {
  period: PeriodName;
  chosen: { from: string; to: string };
  siteId: string | null;
  department: string | null;
  kind: AnalyticsFilter['kind'] | null;
  figures: boolean;
  /** Whose patients are listed, with words for it. In memory: a diagnosis may be anybody's words and belongs in no address. */
  behind: { name: string; filter: AnalyticsFilter; part: Part } | undefined;
}

/** What the dashboards show, as it was left. */
export const useAnalyticsView = create<AnalyticsView>(() => ({
  period: 'month', chosen: { from: plusDays(today(), -29), to: today() }, siteId: null, department: null, kind: null, figures: false, behind: undefined,
}));

/** The days of a period; `first` is that of the first visit. */
export function daysOfPeriod({ period, chosen }: Pick<AnalyticsView, 'period' | 'chosen'>, first: string | null): { from: string; to: string } {
  const to = today();
  const month = `${to.slice(0, 7)}-01`;
  switch (period) {
    case 'today':
      return { from: to, to };
    case 'week':
      return { from: plusDays(to, -6), to };
    case 'month':
      return { from: plusDays(to, -29), to };
    case 'thisMonth':
      return { from: month, to: monthEnd(to) };
    case 'lastMonth':
      return { from: `${plusDays(month, -1).slice(0, 7)}-01`, to: plusDays(month, -1) };
    case 'year':
      return { from: plusDays(to, -364), to };
    case 'all':
      return { from: first !== null && first < to ? first : to, to };
    case 'chosen':
      return chosen;
  }
}

export function filterOf({ siteId, department, kind, ...view }: AnalyticsView, first: string | null): AnalyticsFilter {
  return { ...daysOfPeriod(view, first), ...(siteId !== null && { siteId }), ...(department !== null && { department }), ...(kind !== null && kind !== undefined && { kind }) };
}
