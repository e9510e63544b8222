import type { AppointmentPlaces, AppointmentRow } from '../../../shared/contract/appointments.ts';
import { takesSlot } from '../../../shared/appointments/slots.ts';
import { addDays, localDay } from '../patients/calendar-day.ts';

export type BookBy = 'practitioner' | 'room';
export type BookSpan = 'day' | 'week';

/** A column of the book: a practitioner or room on one day. */
export interface BookColumn {
  key: string;
  label: string;
  day: string;
  practitionerId?: string;
  room?: string;
}

/** Minutes of one line of the book. */
export const slotMinutes = 15;
const [opening, closing] = [8 * 60, 18 * 60];

/** Monday of the week that a day is in. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** Everybody on one day, or one of them on the seven days of a week. */
export function bookColumns(places: AppointmentPlaces, { by, span, day, of }: { by: BookBy; span: BookSpan; day: string; of?: string | undefined }, weekday: (day: string) => string): BookColumn[] {
  const all = by === 'practitioner'
    ? places.practitioners.map(({ id, displayName }) => ({ key: id, label: displayName, practitionerId: id }))
    : places.rooms.map((room) => ({ key: room, label: room, room }));
  if (span === 'day') return all.map((column) => ({ ...column, day }));
  const chosen = all.find(({ key }) => key === of) ?? all[0];
  if (chosen === undefined) return [];
  const monday = mondayOf(day);
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index)).map((date) => ({ ...chosen, key: `${chosen.key} ${date}`, label: weekday(date), day: date }));
}

/** The instant at which a line of the book begins, on this computer's clock. */
export function instantOf(day: string, minute: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, date, 0, minute).toISOString();
}

export const minuteOf = (instant: string): number => new Date(instant).getHours() * 60 + new Date(instant).getMinutes();
/** The line of the book that an appointment begins in. */
export const lineOf = ({ start }: Pick<AppointmentRow, 'start'>): number => Math.floor(minuteOf(start) / slotMinutes) * slotMinutes;
export const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export const minutesOf = ({ start, end }: Pick<AppointmentRow, 'start' | 'end'>): number => Math.round((Date.parse(end) - Date.parse(start)) / 60_000);

const isIn = (column: BookColumn, { practitionerId, room }: AppointmentRow): boolean =>
  column.practitionerId === undefined ? room === column.room : practitionerId === column.practitionerId;

export interface BookCell {
  appointment: AppointmentRow;
  /** Where it begins; the lines below it are its own, too. */
  begins: boolean;
  /** Others at the same time: who has arrived is never sent away. */
  more: number;
}

/** The lines that are shown, as minutes of the day: opening hours, and whatever lies outside them. */
export function bookLines(appointments: readonly AppointmentRow[]): number[] {
  const shown = appointments.filter(takesSlot);
  const first = Math.min(opening, ...shown.map(({ start }) => minuteOf(start)));
  const last = Math.max(closing, ...shown.map((one) => Math.min(24 * 60, minuteOf(one.start) + minutesOf(one))));
  const begin = Math.floor(first / slotMinutes) * slotMinutes;
  return Array.from({ length: Math.ceil((last - begin) / slotMinutes) }, (_, index) => begin + index * slotMinutes);
}

/** What stands in a column, by line. */
export function cellsOf(column: BookColumn, appointments: readonly AppointmentRow[]): Map<number, BookCell> {
  const cells = new Map<number, BookCell>();
  const inColumn = appointments.filter((one) => takesSlot(one) && isIn(column, one) && localDay(new Date(one.start)) === column.day);
  for (const appointment of inColumn) {
    const end = minuteOf(appointment.start) + minutesOf(appointment);
    const firstLine = lineOf(appointment);
    for (let line = firstLine; line < end; line += slotMinutes) {
      const taken = cells.get(line);
      cells.set(line, taken === undefined ? { appointment, begins: line === firstLine, more: 0 } : { ...taken, more: taken.more + 1 });
    }
  }
  return cells;
}
