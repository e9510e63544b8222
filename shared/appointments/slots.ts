import type { AppointmentContent, AppointmentInput, AppointmentStatus } from '../schema/appointment.ts';
import { derivedId } from '../sync/derived-id.ts';

/** A stretch of time of a practitioner or a room. */
export type Slot = Pick<AppointmentContent, 'practitionerId' | 'room' | 'start' | 'end' | 'siteId'>;

/** FHIR's statuses under which an appointment takes its slot; one that was cancelled or never came leaves it to others. */
const taking: ReadonlySet<AppointmentStatus> = new Set(['booked', 'arrived', 'fulfilled']);
export const takesSlot = ({ status }: Pick<AppointmentContent, 'status'>): boolean => taking.has(status);

/** Whether two slots are of the same practitioner or room, and at the same time. One that ends as the other begins does not overlap it. */
export function slotsOverlap(one: Slot, other: Slot): boolean {
  const samePractitioner = one.practitionerId !== undefined && one.practitionerId === other.practitionerId;
  const sameRoom = one.room !== undefined && one.room === other.room && one.siteId === other.siteId;
  return (samePractitioner || sameRoom) && Date.parse(one.start) < Date.parse(other.end) && Date.parse(other.start) < Date.parse(one.end);
}

export const sameSlot = (one: Slot, other: Slot): boolean =>
  one.practitionerId === other.practitionerId && one.room === other.room && one.siteId === other.siteId && one.start === other.start && one.end === other.end;

const day = 86_400_000;

/** Ids that any two overlapping slots share at least one of: practitioner or room, by day (UTC). An appointment touches two days at most. */
export function slotKeys({ practitionerId, room, siteId, start, end }: Slot): string[] {
  const [first, last] = [Math.floor(Date.parse(start) / day), Math.floor((Date.parse(end) - 1) / day)];
  const days = first === last ? [first] : [first, last];
  return days.flatMap((date) => [
    ...(practitionerId === undefined ? [] : [derivedId('slot', 'practitioner', practitionerId, date)]),
    ...(room === undefined ? [] : [derivedId('slot', 'room', siteId ?? null, room, date)]),
  ]);
}

/** The appointments that a slot would be booked beside. */
export const overlapping = <Taken extends AppointmentContent>(slot: Slot & Partial<AppointmentInput>, appointments: readonly Taken[]): Taken[] =>
  appointments.filter((appointment) => takesSlot(appointment) && slotsOverlap(slot, appointment));
