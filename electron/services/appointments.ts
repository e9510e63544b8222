import { partOfSeries, seriesToCome } from '../../shared/appointments/series.ts';
import { overlapping } from '../../shared/appointments/slots.ts';
import { repeatedStarts } from '../../shared/appointments/repeats.ts';
import type { AppointmentPlaces, AppointmentRow, DisplacedAppointment } from '../../shared/contract/appointments.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { Appointment, AppointmentContent, AppointmentInput } from '../../shared/schema/appointment.ts';
import { appointmentsAround, appointmentsOfSeries, findAppointment, listAppointments as queryAppointments, listBookedRooms, listDisplacedAppointments } from '../storage/appointments.ts';
import type { Store } from '../storage/store.ts';
import { listUsers } from '../storage/users.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import { latestInstant } from './event-days.ts';
import { presentPatient } from './patients.ts';

export function listAppointments({ store }: Context, window: CallParsed<'appointments.list'>): AppointmentRow[] {
  return queryAppointments(store.connection, window).filter(({ siteId }) => siteId === undefined || siteId === store.siteId);
}

/** What two desks booked for one slot while they could not see each other: the later ones, which need another time. */
export function listDisplaced({ store }: Context): DisplacedAppointment[] {
  return listDisplacedAppointments(store.connection).map((appointment) => {
    const kept = findAppointment(store.connection, appointment.displacedBy ?? '');
    return { ...appointment, ...(kept && { keptFor: { patientName: kept.patientName, medicalRecordNumber: kept.medicalRecordNumber } }) };
  });
}

const ninetyDays = 90 * 86_400_000;

/** Doctors of the clinic, and rooms: those of its settings, and those that were booked of late. */
export function appointmentPlaces({ store }: Context): AppointmentPlaces {
  const practitioners = listUsers(store.connection).filter(({ active, role }) => active && role === 'doctor');
  const booked = listBookedRooms(store.connection, new Date(store.now().getTime() - ninetyDays).toISOString());
  const rooms = new Set([...(store.get('sites', store.siteId ?? '')?.rooms ?? []), ...booked.sort()]);
  return { practitioners: practitioners.map(({ id, displayName }) => ({ id, displayName })), rooms: [...rooms] };
}

/** Books a slot, or the same one again and again. Fails with `invalid-input`, `not-found`, `patient-deleted` or `slot-taken`, which tells every time that is taken, and then books none. */
export function bookAppointment({ store, actor }: Context, { appointment, repeat }: CallParsed<'appointments.book'>): Appointment[] {
  presentPatient(store, appointment.patientId);
  const length = Date.parse(appointment.end) - Date.parse(appointment.start);
  const starts = repeat === undefined ? [appointment.start] : repeatedStarts(appointment.start, repeat);
  const shared = { status: 'booked' as const, ...siteOf(store), ...(repeat !== undefined && { seriesId: store.newId() }) };
  const contents = starts.map((start): AppointmentContent => ({ ...appointment, ...shared, start, end: new Date(Date.parse(start) + length).toISOString() }));
  assertNear(store, contents);
  assertFree(store, contents);
  return store.commit({ actor, action: 'appointment.booked', about: { patientId: appointment.patientId } }, (transaction) =>
    contents.map((content) => transaction.create('appointments', content)),
  );
}

/** Fails with `invalid-input`, `not-found`, `patient-deleted`, `appointment-ended`, `slot-taken` or `stale-revision`. */
export function updateAppointment(context: Context, { id, rev, appointment }: CallParsed<'appointments.update'>): Appointment {
  const { store, actor } = context;
  const { status, displacedBy: _displacedBy, seriesId, siteId } = openAppointment(store, id);
  const content: AppointmentContent = {
    ...(appointment satisfies AppointmentInput),
    status: status === 'proposed' ? 'booked' : status,
    ...(seriesId !== undefined && { seriesId }),
    ...(siteId !== undefined && { siteId }),
  };
  assertNear(store, [content]);
  assertFree(store, [content], id);
  return store.commit({ actor, action: 'appointment.updated', about: { patientId: content.patientId } }, (transaction) =>
    transaction.update('appointments', id, content, { over: rev }),
  );
}

/** Gives the slot back: called off, or nobody came. Fails as {@link updateAppointment} does. */
export function cancelAppointment({ store, actor }: Context, { id, rev, status }: CallParsed<'appointments.cancel'>): Appointment {
  const appointment = openAppointment(store, id);
  return store.commit({ actor, action: 'appointment.cancelled', about: { patientId: appointment.patientId } }, (transaction) =>
    transaction.update('appointments', id, given(appointment, status), { over: rev }),
  );
}

/** What {@link cancelSeries} can call off with an appointment; of one that is no series, it alone. Fails with `not-found`. */
export function listSeries({ store }: Context, { id }: CallParsed<'appointments.series'>): Appointment[] {
  const appointment = store.get('appointments', id);
  if (appointment === undefined || appointment.deleted) return fail({ code: 'not-found', collection: 'appointments' });
  return seriesOf(store, appointment);
}

/** Gives back the slots of a part of a series, all or none. Fails as {@link updateAppointment} does. */
export function cancelSeries({ store, actor }: Context, { id, rev, part }: CallParsed<'appointments.cancelSeries'>): Appointment[] {
  const chosen = openAppointment(store, id);
  const calledOff = partOfSeries(seriesOf(store, chosen), chosen, part);
  return store.commit({ actor, action: 'appointment.cancelled', about: { patientId: chosen.patientId } }, (transaction) =>
    calledOff.map((one) => transaction.update('appointments', one.id, given(one, 'cancelled'), { over: one.id === id ? rev : one.rev })),
  );
}

function seriesOf(store: Store, appointment: Appointment): Appointment[] {
  const { patientId, seriesId } = appointment;
  return seriesId === undefined ? [appointment] : seriesToCome(appointmentsOfSeries(store.connection, { patientId, seriesId }), appointment, store.now().toISOString());
}

/** What is called off waits for no other time. */
function given(appointment: Appointment, status: 'cancelled' | 'noshow'): AppointmentContent {
  const { displacedBy: _displacedBy, ...content } = contentOf(appointment);
  return { ...content, status };
}

const siteOf = ({ siteId }: Store): { siteId?: string } => (siteId === undefined ? {} : { siteId });

/** One that can still be changed. Fails with `not-found`, `patient-deleted` or `appointment-ended`. */
export function openAppointment(store: Store, id: string): Appointment {
  const appointment = store.get('appointments', id);
  if (appointment === undefined || appointment.deleted) return fail({ code: 'not-found', collection: 'appointments' });
  presentPatient(store, appointment.patientId);
  return appointment.status === 'fulfilled' || appointment.status === 'cancelled' || appointment.status === 'noshow' ? fail({ code: 'appointment-ended' }) : appointment;
}

const tenYears = 10 * 366 * 86_400_000;

/** A year mistyped by a digit is a slot that nobody ever looks at. */
function assertNear(store: Store, contents: readonly AppointmentContent[]): void {
  const now = latestInstant(store).getTime();
  if (contents.some(({ start }) => Math.abs(Date.parse(start) - now) > tenYears)) fail({ code: 'invalid-input', issues: [{ path: 'appointment.start', code: 'out-of-range' }] });
}

/** As far as this workstation can see; the server settles what desks that do not see each other book. */
function assertFree(store: Store, contents: readonly AppointmentContent[], exceptId?: string): void {
  const taken = contents.filter((content) => overlapping(content, appointmentsAround(store.connection, content).filter(({ id }) => id !== exceptId)).length > 0);
  if (taken.length > 0) fail({ code: 'slot-taken', starts: taken.map(({ start }) => start), count: taken.length });
}
