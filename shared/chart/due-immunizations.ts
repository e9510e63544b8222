import { dayOfDateTime } from '../local-day.ts';
import { codeSystems } from '../schema/fhir-types.ts';
import type { ImmunizationContent } from '../schema/immunization.ts';
import type { Gender } from '../schema/patient.ts';
import { schedules, vaccineOf, type Schedule, type ScheduledDose, type ScheduleName, type Vaccine } from './immunization-schedules.ts';

export interface DoseState {
  vaccine: Vaccine;
  dose: number;
  /** The day it is due, `YYYY-MM-DD`. */
  dueDate: string;
  state: 'given' | 'overdue' | 'due' | 'upcoming';
  /** When it was given. */
  givenOn?: string;
}

type Given = Pick<ImmunizationContent, 'vaccineCode' | 'status' | 'occurrenceDateTime' | 'doseNumber'>;

/** Days after its day from which a dose is late. */
const grace = 28;
/** The schedules are of childhood: from this age on nothing of them is made up for. */
const endsAtMonths = 18 * 12;

/**
 * A schedule's doses for one child: given ones are counted by vaccine in the order of time, whatever number they bear, so that a dose
 * written down without a number counts too. After a late dose the next one waits for as long as the two must lie apart; what is given no more at the child's age is not due. Nothing is due for a grown-up, nor for somebody whose birthday is not known to the day.
 */
export function scheduledDoses(name: ScheduleName, { birthday, gender }: { birthday?: string | undefined; gender: Gender }, given: readonly Given[], today: string): DoseState[] {
  if (birthday === undefined) return [];
  const { doses: rows, intervals, until }: Schedule = schedules[name];
  /** By vaccine, when the dose before was given or is to be given, where that is later than its day. */
  const lateDays = new Map<string, string | undefined>();
  const isStillGiven = ({ vaccine, dueDate }: DoseState) => (dueDate > today ? dueDate : today) < plusMonths(birthday, until[vaccine.key] ?? endsAtMonths);
  return rows
    .filter((row) => row.gender === undefined || row.gender === gender)
    .map((row): DoseState => {
      const vaccine = vaccineOf(row.vaccine);
      const scheduled = dayOf(birthday, row);
      const dose = dosesOf(vaccine, given)[row.dose - 1];
      const late = lateDays.get(vaccine.key);
      const earliest = late === undefined ? scheduled : plusDays(late, intervalBefore(intervals[vaccine.key], row.dose));
      const dueDate = dose === undefined && earliest > scheduled ? earliest : scheduled;
      const day = dose === undefined ? dueDate : dayOfDateTime(dose.occurrenceDateTime);
      lateDays.set(vaccine.key, day > scheduled ? day : undefined);
      const common = { vaccine, dose: row.dose, dueDate };
      return dose === undefined ? { ...common, state: stateOn(today, dueDate) } : { ...common, state: 'given', givenOn: day };
    })
    .filter((dose) => dose.state === 'given' || isStillGiven(dose))
    .sort((a, b) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : 0));
}

const stateOn = (today: string, dueDate: string): DoseState['state'] =>
  today < dueDate ? 'upcoming' : today > plusDays(dueDate, grace) ? 'overdue' : 'due';

function dosesOf(vaccine: Vaccine, given: readonly Given[]): Given[] {
  const codes = new Set([vaccine.cvx, ...(vaccine.counts ?? [])]);
  return given
    .filter(({ status, vaccineCode }) =>
      status === 'completed' &&
      (vaccineCode.coding?.some(({ system, code }) => system === codeSystems.cvx && codes.has(code)) === true || [vaccine.en, vaccine.zh].includes(vaccineCode.text)))
    .sort((a, b) => (a.occurrenceDateTime < b.occurrenceDateTime ? -1 : 1));
}

function dayOf(birthday: string, { weeks, months = 0 }: ScheduledDose): string {
  return weeks === undefined ? plusMonths(birthday, months) : plusDays(birthday, weeks * 7);
}

/** Days that two doses must lie apart, by the later one's number. */
const intervalBefore = (intervals: readonly number[] = [28], dose: number): number => intervals[dose - 2] ?? intervals.at(-1) ?? 0;

const plusDays = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The same day of a later month, or its last day where it has no such day. */
function plusMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
