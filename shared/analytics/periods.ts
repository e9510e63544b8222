/** Days of a period up to which its course is told by the day; of a longer one by the month. */
export const daysByDay = 92;
const dayMilliseconds = 86_400_000;
const time = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

/** Calendar days, both inclusive. */
export interface Period {
  from: string;
  to: string;
}
export type Step = 'day' | 'month';

export const plusDays = (day: string, days: number): string => dayOf(time(day) + days * dayMilliseconds);
export const daysOf = ({ from, to }: Period): number => Math.round((time(to) - time(from)) / dayMilliseconds) + 1;
export const stepOf = (period: Period): Step => (daysOf(period) <= daysByDay ? 'day' : 'month');

/** The day, or the month of a day. */
export const stepAt = (day: string, step: Step): string => (step === 'day' ? day : day.slice(0, 7));

/** Every day or month that a period touches, in order. */
export function stepsOf(period: Period, step: Step = stepOf(period)): string[] {
  const days = Array.from({ length: daysOf(period) }, (_, index) => plusDays(period.from, index));
  return [...new Set(days.map((day) => stepAt(day, step)))];
}

/** The last day of the month of a day. */
export const monthEnd = (day: string): string => plusDays(`${plusDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);

/** A period as whole months and what is left over before and after them. */
export function wholeMonths({ from, to }: Period): { months?: Period; rest: Period[] } {
  const begin = from.endsWith('-01') ? from : plusDays(monthEnd(from), 1);
  const end = monthEnd(to) === to ? to : plusDays(`${to.slice(0, 7)}-01`, -1);
  if (begin > end) return { rest: [{ from, to }] };
  const rest = [{ from, to: plusDays(begin, -1) }, { from: plusDays(end, 1), to }].filter((part) => part.from <= part.to);
  return { months: { from: begin.slice(0, 7), to: end.slice(0, 7) }, rest };
}
