import { z } from 'zod';
import { idSchema, instantSchema, optionalText, type Stored } from './document.ts';

/** FHIR AppointmentStatus, those that a clinic's desk uses. */
export const appointmentStatuses = ['proposed', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];

const dayInMilliseconds = 86_400_000;

const appointmentFields = {
  patientId: idSchema,
  /** FHIR Appointment.participant: a user of the clinic, a room, or both. */
  practitionerId: idSchema.optional(),
  room: optionalText(100),
  start: instantSchema,
  end: instantSchema,
  reason: optionalText(1000),
};

/** What somebody at the desk fills in. */
export const appointmentInputSchema = z
  .strictObject(appointmentFields)
  .refine(({ start, end }) => end > start, { error: 'end-before-start', path: ['end'] })
  .refine(({ start, end }) => Date.parse(end) - Date.parse(start) <= dayInMilliseconds, { error: 'longer-than-a-day', path: ['end'] })
  .refine(({ practitionerId, room }) => practitionerId !== undefined || room !== undefined, { error: 'practitioner-or-room', path: ['practitionerId'] });
export type AppointmentInput = z.infer<typeof appointmentInputSchema>;

export const appointmentContentSchema = z.object({
  ...appointmentFields,
  status: z.enum(appointmentStatuses),
  /** The clinic that it takes place at: two clinics may each have a room of the same name. */
  siteId: idSchema.optional(),
  /** Shared by the appointments of a repeat. */
  seriesId: idSchema.optional(),
  /** The appointment that keeps the slot which this one was booked for at the same time: this one is `proposed` and needs another time. */
  displacedBy: idSchema.optional(),
});
export type AppointmentContent = z.infer<typeof appointmentContentSchema>;
export type Appointment = Stored<AppointmentContent>;

export const repeatIntervals = ['day', 'week', 'month'] as const;
/** A repeat: the same time every day, week or month, so many times in all. */
export const repeatSchema = z.strictObject({ every: z.enum(repeatIntervals), times: z.int({ error: 'invalid-number' }).min(2, { error: 'out-of-range' }).max(60, { error: 'out-of-range' }) });
export type Repeat = z.infer<typeof repeatSchema>;
