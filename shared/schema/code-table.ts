import { z } from 'zod';
import { idSchema, optionalText, requiredText, type Stored } from './document.ts';

/** Entries of one part: a whole table of 40,000 codes is sent part by part, and none is too large for a page. */
export const codesOfPart = 500;

/** Rows of a clinic's table of reference ranges: one part holds them all. */
export const mostRanges = 1000;

/** The system that a clinic's reference ranges are kept under. */
export const laboratoryRangesSystem = 'urn:outpost:laboratory-ranges';

/** What a laboratory holds the values of one test against, in the unit that the test is entered in. Ages in years, from and below. */
export const laboratoryRangeSchema = z.object({
  loinc: requiredText(100),
  gender: z.enum(['male', 'female']).optional(),
  ageFrom: z.number().optional(),
  ageBelow: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  criticalLow: z.number().optional(),
  criticalHigh: z.number().optional(),
  /** Where the laboratory has it from. */
  source: optionalText(200),
});
export type LaboratoryRange = z.infer<typeof laboratoryRangeSchema>;

/** A part of a table of codes that the clinic loaded from a file (GB/T 14396, WHO): the organisation's, no patient's. */
export const codeTableContentSchema = z.object({
  system: requiredText(200),
  /** What the clinic calls the table. */
  name: requiredText(200),
  /** Which loading of a file the part is of: it counts together with the others of its edition, and only when all are there. */
  edition: idSchema,
  /** How many parts the edition has. */
  parts: z.int().min(1),
  part: z.int().min(0),
  /** Code and name. */
  entries: z.array(z.tuple([z.string().max(100), z.string().max(500)])).max(codesOfPart),
  /** Of reference ranges, which have no entries. */
  ranges: z.array(laboratoryRangeSchema).max(mostRanges).optional(),
});
export type CodeTableContent = z.infer<typeof codeTableContentSchema>;
export type CodeTable = Stored<CodeTableContent>;
