import { eventDayIssues } from '../../shared/chart/event-days.ts';
import { fail, type FieldIssue } from '../../shared/errors.ts';
import type { Patient } from '../../shared/schema/patient.ts';
import { newestWallTime } from '../storage/change-sets.ts';
import type { Store } from '../storage/store.ts';

/** Clocks of two workstations differ by minutes; more than that is a slip of the finger. Milliseconds. */
const clockSlack = 600_000;

/** The last instant at which something may have happened by now. What was saved here was not saved in the future: a clock that was set back hinders nobody. */
export function latestInstant(store: Store): Date {
  const lastSave = Date.parse(newestWallTime(store.connection) ?? store.now().toISOString());
  return new Date(Math.max(store.now().getTime(), lastSave) + clockSlack);
}

/** A day has begun somewhere up to fourteen hours before it does in Greenwich: whoever types it may sit there. Milliseconds. */
const firstTimeZone = 14 * 3_600_000;
const latestDay = (store: Store): string => new Date(latestInstant(store).getTime() + firstTimeZone).toISOString().slice(0, 10);

const fields = ['admissionDate', 'dischargeDate', 'onsetDateTime', 'abatementDateTime', 'occurrenceDateTime', 'effectiveDateTime'] as const;

const daysOf = (content: object): Record<string, string | undefined> => {
  const texts = content as Partial<Record<string, string>>;
  return Object.fromEntries(fields.map((field) => [field, texts[field]]));
};

/**
 * What is amiss with the days that somebody typed into a chart, each path behind `at`. `before` is the document as it stands, whose days are
 * nobody's slip of today.
 */
export const dayIssues = (store: Store, patient: Patient, { at, content, before = {} }: { at: string; content: object; before?: object | undefined }): FieldIssue[] =>
  eventDayIssues(daysOf(content), { birthday: patient.birthday, today: latestDay(store) }, daysOf(before)).map(({ path, ...issue }) => ({ ...issue, path: `${at}.${path}` }));

/** Fails with `invalid-input` for days on which nothing can have happened to the patient. */
export function assertPossibleDays(store: Store, patient: Patient, checked: { at: string; content: object; before?: object | undefined }): void {
  const issues = dayIssues(store, patient, checked);
  if (issues.length > 0) fail({ code: 'invalid-input', issues });
}
