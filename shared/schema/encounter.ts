import { z } from 'zod';
import { idSchema, instantSchema, optionalText, type Stored } from './document.ts';
import { recordKinds } from './medical-record.ts';

/** FHIR EncounterStatus, those of a visit; `in-progress` from the moment that the patient is called. */
export const encounterStatuses = ['arrived', 'triaged', 'in-progress', 'finished', 'cancelled'] as const;

/** FHIR v3-ActPriority R, UR and EM, in rising order of who is called first. */
export const encounterPriorities = ['routine', 'urgent', 'emergency'] as const;
export type EncounterPriority = (typeof encounterPriorities)[number];

/** A visit, from check-in to its end; the records written meanwhile name it. */
export const encounterContentSchema = z.object({
  patientId: idSchema,
  kind: z.enum(recordKinds),
  status: z.enum(encounterStatuses),
  priority: z.enum(encounterPriorities),
  /** Why this patient is called before others. */
  priorityReason: optionalText(500),
  reason: optionalText(1000),
  siteId: idSchema.optional(),
  /** Absent: a walk-in. */
  appointmentId: idSchema.optional(),
  practitionerId: idSchema.optional(),
  room: optionalText(100),
  arrivedAt: instantSchema,
  calledAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
});
export type EncounterContent = z.infer<typeof encounterContentSchema>;
export type Encounter = Stored<EncounterContent>;

/** A priority above routine says why: whoever waits longer may ask. */
export const encounterPrioritySchema = z
  .strictObject({ priority: z.enum(encounterPriorities), priorityReason: optionalText(500) })
  .refine(({ priority, priorityReason }) => priority === 'routine' || priorityReason !== undefined, { error: 'required', path: ['priorityReason'] });
