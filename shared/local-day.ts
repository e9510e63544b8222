const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** The calendar day of an instant where this computer is, `YYYY-MM-DD`. */
export const localDay = (instant: Date): string => `${pad(instant.getFullYear(), 4)}-${pad(instant.getMonth() + 1, 2)}-${pad(instant.getDate(), 2)}`;

/** A minute where this computer is, `YYYY-MM-DD HH:MM`: the same in every language and sortable by eye, as medical paper wants it. */
export const localMinute = (instant: Date): string => `${localDay(instant)} ${pad(instant.getHours(), 2)}:${pad(instant.getMinutes(), 2)}`;

/** The day of a FHIR dateTime, as far as it says one: an early morning is the evening before by the clock of Greenwich, in which instants are kept. */
export const dayOfDateTime = (text: string): string => (text.includes('T') ? localDay(new Date(text)) : text);

/** Whether one FHIR dateTime lies before another, as far as both say: a year is not before a day of that year. */
export function liesBefore(one: string, other: string): boolean {
  const [day, otherDay] = [dayOfDateTime(one), dayOfDateTime(other)];
  const said = Math.min(day.length, otherDay.length);
  return day.slice(0, said) < otherDay.slice(0, said);
}
