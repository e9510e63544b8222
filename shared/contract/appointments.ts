import { z } from 'zod';
import { seriesParts } from '../appointments/series.ts';
import { appointmentInputSchema, repeatSchema, type Appointment, type AppointmentContent } from '../schema/appointment.ts';
import { idSchema, instantSchema } from '../schema/document.ts';
import { call } from './call.ts';
import { nothing } from './page.ts';
import type { Version } from './patients.ts';

/** An appointment with what a desk calls its people by. */
export interface AppointmentRow extends Appointment {
  patientName: string;
  medicalRecordNumber: string;
  practitionerName?: string;
}

/** Booked for a slot that another desk had given away already: it needs another time. */
export interface DisplacedAppointment extends AppointmentRow {
  /** Who keeps the slot, where this workstation holds that appointment. */
  keptFor?: { patientName: string; medicalRecordNumber: string };
}

/** With whom and where one can book. */
export interface AppointmentPlaces {
  practitioners: { id: string; displayName: string }[];
  rooms: string[];
}

const longestWindow = 45 * 86_400_000;

export const appointmentCalls = {
  /** All of this site that begin in a stretch of at most 45 days, earliest first, cancelled ones too. */
  'appointments.list': call(
    'appointment.read',
    z.strictObject({ from: instantSchema, to: instantSchema }).refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestWindow, { error: 'out-of-range', path: ['to'] }),
  )<AppointmentRow[]>(),
  'appointments.listDisplaced': call('appointment.read', nothing)<DisplacedAppointment[]>(),
  'appointments.places': call('appointment.read', nothing)<AppointmentPlaces>(),
  /** Every version of it, newest first. Fails with `not-found`. */
  'appointments.history': call('appointment.read', z.strictObject({ id: idSchema }))<Version<AppointmentContent>[]>(),
  /** One change set, a repeat too. */
  'appointments.book': call('appointment.write', z.strictObject({ appointment: appointmentInputSchema, repeat: repeatSchema.optional() }))<Appointment[]>(),
  /** Moves or changes one; one that needs another time is booked by it. */
  'appointments.update': call('appointment.write', z.strictObject({ id: idSchema, rev: idSchema, appointment: appointmentInputSchema }))<Appointment>(),
  'appointments.cancel': call('appointment.write', z.strictObject({ id: idSchema, rev: idSchema, status: z.enum(['cancelled', 'noshow']) }))<Appointment>(),
  /** It, and what can still be called off of the series that it is one of, earliest first. Fails with `not-found`. */
  'appointments.series': call('appointment.read', z.strictObject({ id: idSchema }))<Appointment[]>(),
  /** Calls off a part of a series, in one change set. */
  'appointments.cancelSeries': call('appointment.write', z.strictObject({ id: idSchema, rev: idSchema, part: z.enum(seriesParts) }))<Appointment[]>(),
};
