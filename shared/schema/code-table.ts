import { z } from 'zod';
import { requiredText, type Stored } from './document.ts';

/** Entries of one part: a whole table of 40,000 codes is sent part by part, and none is too large for a page. */
export const codesOfPart = 500;

/** A part of a table of codes that the clinic loaded from a file (GB/T 14396, WHO): the organisation's, no patient's. */
export const codeTableContentSchema = z.object({
  system: requiredText(200),
  /** What the clinic calls the table. */
  name: requiredText(200),
  part: z.int().min(0),
  /** Code and name. */
  entries: z.array(z.tuple([z.string().max(100), z.string().max(500)])).max(codesOfPart),
});
export type CodeTableContent = z.infer<typeof codeTableContentSchema>;
export type CodeTable = Stored<CodeTableContent>;
