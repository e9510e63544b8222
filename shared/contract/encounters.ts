import { z } from 'zod';
import { idSchema, optionalText, requiredText } from '../schema/document.ts';
import { encounterPrioritySchema, type Encounter, type EncounterContent, type EncounterPriority } from '../schema/encounter.ts';
import { recordKinds } from '../schema/medical-record.ts';
import { call } from './call.ts';
import { nothing } from './page.ts';
import type { Version } from './patients.ts';

/** Somebody in the queue, or called. */
export interface EncounterRow extends Encounter {
  patientName: string;
  medicalRecordNumber: string;
  practitionerName?: string;
  /** When the appointment was, if there was one. */
  appointmentStart?: string;
}

/** What a screen in a waiting room shows: never a full name. */
export interface BoardRow {
  id: string;
  /** `王*明`, or the end of the medical record number, as the settings want it. */
  label: string;
  room?: string;
  calledAt?: string;
  priority: EncounterPriority;
}

const atRev = { id: idSchema, rev: idSchema };

export const encounterCalls = {
  /** Everybody of this site who is here: those called first by time, those waiting in the order in which they will be called. */
  'encounters.queue': call('appointment.read', nothing)<EncounterRow[]>(),
  'encounters.board': call('appointment.read', nothing)<{ called: BoardRow[]; waiting: BoardRow[] }>(),
  'encounters.get': call('appointment.read', z.strictObject({ id: idSchema }))<EncounterRow>(),
  /** Every version of it, newest first. Fails with `not-found`. */
  'encounters.history': call('appointment.read', z.strictObject({ id: idSchema }))<Version<EncounterContent>[]>(),
  /** Of an appointment, which then is `arrived`, or of a walk-in. */
  'encounters.checkIn': call(
    'appointment.write',
    z.strictObject({
      patientId: idSchema,
      appointmentId: idSchema.optional(),
      kind: z.enum(recordKinds),
      practitionerId: idSchema.optional(),
      reason: optionalText(1000),
      urgency: encounterPrioritySchema,
    }),
  )<Encounter>(),
  /** Triage: who is called before others, and why. */
  'encounters.triage': call('appointment.write', z.strictObject({ ...atRev, urgency: encounterPrioritySchema }))<Encounter>(),
  /** Again, or to another room, while the visit lasts. */
  'encounters.call': call('appointment.write', z.strictObject({ ...atRev, room: requiredText(100) }))<Encounter>(),
  /** `cancelled`: left without being seen. */
  'encounters.finish': call('appointment.write', z.strictObject({ ...atRev, status: z.enum(['finished', 'cancelled']) }))<Encounter>(),
  'encounters.slipPrinted': call('appointment.write', z.strictObject({ id: idSchema }))<null>(),
};
