import { z } from 'zod';
import type { AuditAction } from '../schema/audit-entry.ts';
import { idSchema } from '../schema/document.ts';
import { favouriteMedicationSchema, type Favourite } from '../schema/favourite.ts';
import { serviceOrderSchema } from '../schema/service-request.ts';
import { textTemplateInputSchema, type TextTemplate } from '../schema/text-template.ts';
import { call } from './call.ts';
import { nothing } from './page.ts';
import type { PatientRow } from './patients.ts';

/** The last save of a person at this workstation. */
export interface LastSave {
  changeSetId: string;
  action: AuditAction;
  savedAt: string;
}

const documentAtRev = z.strictObject({ id: idSchema, rev: idSchema });

/** What saves a practised person time: what was open last, what is kept at hand, ready texts, and taking back a slip. */
export const habitCalls = {
  /** Patients whose charts the signed-in user last opened at this workstation, newest first; at most twenty. */
  'recentPatients.list': call('patient.read', nothing)<PatientRow[]>(),

  /** The signed-in user's own, patients by name. Orders only for those who may read records. */
  'favourites.list': call('patient.read', nothing)<{ patients: PatientRow[]; orders: Favourite[] }>(),
  /** Fails with `not-found` or `patient-deleted`. */
  'favourites.setPatient': call('patient.read', z.strictObject({ patientId: idSchema, favourite: z.boolean() }))<null>(),
  /** The same order twice is one favourite. */
  'favourites.addOrder': call(
    'record.write',
    z.union([z.strictObject({ medicationOrder: favouriteMedicationSchema }), z.strictObject({ serviceOrder: serviceOrderSchema })]),
  )<Favourite>(),
  /** Fails with `not-found`, also for somebody else's. */
  'favourites.removeOrder': call('record.write', documentAtRev)<null>(),

  /** All of the organisation's, by title. */
  'textTemplates.list': call('record.read', nothing)<TextTemplate[]>(),
  /** Fails with `invalid-input` (`shortcut-taken`) where another of the same department has the shortcut. */
  'textTemplates.create': call('template.write', z.strictObject({ template: textTemplateInputSchema }))<TextTemplate>(),
  'textTemplates.update': call('template.write', z.strictObject({ ...documentAtRev.shape, template: textTemplateInputSchema }))<TextTemplate>(),
  'textTemplates.delete': call('template.write', documentAtRev)<null>(),

  /** The signed-in user's last save here, of the last minutes, as far as it can be undone; null where there is none. */
  'saves.last': call('session', nothing)<LastSave | null>(),
  /**
   * Brings back what stood before a save, as a new change set: nothing is taken out of the history. Fails with `undo-nothing`,
   * `undo-signed`, `undo-changed-since` or `undo-not-offered`. An undo is a save and can be undone itself.
   */
  'saves.undo': call('session', z.strictObject({ changeSetId: idSchema.optional() }))<{ undone: AuditAction }>(),
};
