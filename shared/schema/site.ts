import { z } from 'zod';
import { scheduleNames } from '../chart/immunization-schedules.ts';
import { optionalText, requiredText, type Stored } from './document.ts';
import { logoSchema } from './logo.ts';

/** A clinic. Its name, address and phone head every printed page. */
export const siteContentSchema = z.object({
  organisationName: requiredText(200),
  name: requiredText(200),
  address: optionalText(500),
  phone: optionalText(50),
  logo: logoSchema.optional(),
  /** Departments offered when a record is written. */
  departments: z.array(requiredText(100)).max(200),
  /** Rooms that appointments are booked for and patients are called to. */
  rooms: z.array(requiredText(100)).max(200).optional(),
  /** Whose schedule of vaccinations the clinic follows; absent: the one that goes with the language of the screen. */
  immunizationSchedule: z.enum(scheduleNames).optional(),
});
export interface SiteContent extends z.infer<typeof siteContentSchema> {
  /** X25519, base64: a workstation that joins seals its database key to it, so that the clinic's recovery key opens that one too. */
  recoveryPublicKey?: string;
  /** Ed25519, base64url: the keys with which the site's workstations sign sealed copies of charts, those of former ones too. */
  sealKeys?: string[];
}
export type Site = Stored<SiteContent>;
