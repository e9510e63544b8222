import { z } from 'zod';
import { optionalText, requiredText, type Stored } from './document.ts';

/** A clinic. Its name, address and phone head every printed page. */
export const siteContentSchema = z.object({
  organisationName: requiredText(200),
  name: requiredText(200),
  address: optionalText(500),
  phone: optionalText(50),
  /** Departments offered when a record is written. */
  departments: z.array(requiredText(100)).max(200),
});
export type SiteContent = z.infer<typeof siteContentSchema>;
export type Site = Stored<SiteContent>;
