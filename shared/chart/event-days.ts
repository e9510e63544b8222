import type { FieldIssue } from '../errors.ts';
import { liesBefore } from '../local-day.ts';
import { maximumAge } from '../patients/birth.ts';

/** FHIR dateTimes of what happened to a patient, by the field that they stand in. */
type EventDays = Readonly<Record<string, string | undefined>>;

interface Life {
  birthday?: string | undefined;
  /** `YYYY-MM-DD`. */
  today: string;
}

/**
 * Days on which nothing can have happened to this patient: a year mistyped by a digit would stand at the head of the chart for ever, or hide
 * at its end. A day that stands there already, as others' charts bring it, is left to whoever mends it.
 */
export function eventDayIssues(days: EventDays, { birthday, today }: Life, before: EventDays = {}): FieldIssue[] {
  const earliest = birthday ?? String(Number(today.slice(0, 4)) - maximumAge).padStart(4, '0');
  return Object.entries(days).flatMap(([path, day]): FieldIssue[] => {
    if (day === undefined || day === before[path]) return [];
    if (liesBefore(today, day)) return [{ path, code: 'date-in-future' }];
    return liesBefore(day, earliest) ? [{ path, code: birthday === undefined ? 'out-of-range' : 'before-birth' }] : [];
  });
}
