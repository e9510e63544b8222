import { z } from 'zod';
import { idSchema, type Stored } from './document.ts';
import { medicationOrderSchema } from './medication-request.ts';
import { serviceOrderSchema } from './service-request.ts';

/** A prescription without what was warned of for one patient: for another it is judged anew. */
export const favouriteMedicationSchema = medicationOrderSchema.omit({ detectedIssues: true });

/**
 * What one person keeps at hand: a patient, or an order that is often signed. It follows the person from workstation to
 * workstation; a favourite patient only to those that hold the patient.
 */
export const favouriteContentSchema = z.object({
  userId: idSchema,
  patientId: idSchema.optional(),
  medicationOrder: favouriteMedicationSchema.optional(),
  serviceOrder: serviceOrderSchema.optional(),
});
export type FavouriteContent = z.infer<typeof favouriteContentSchema>;
export type Favourite = Stored<FavouriteContent>;
