import { z } from 'zod';
import { calendarDaySchema, idSchema, instantSchema, type Stored } from './document.ts';
import { recordKinds } from './medical-record.ts';

const count = z.int().min(0);
const number = z.number();
const label = z.string().max(600);
/** A list that may be cut, and says of how many. */
const cut = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row).max(100), of: count });

/** What is looked at: visits by their day, both days inclusive; of one site, department or kind where these are given. */
export const analyticsFilterSchema = z
  .strictObject({
    from: calendarDaySchema,
    to: calendarDaySchema,
    siteId: idSchema.optional(),
    department: z.string().max(100).optional(),
    kind: z.enum(recordKinds).optional(),
  })
  .refine(({ from, to }) => from <= to, { error: 'end-before-start', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 200 * 366 * 86_400_000, { error: 'out-of-range', path: ['to'] });
export type AnalyticsFilter = z.infer<typeof analyticsFilterSchema>;

/**
 * What happened in a period, in figures. A visit is a medical record on its day of admission, of a patient who is not in the trash; ages
 * are those at the visit. `at` is a day or a month. Waiting is from check-in until the call, in minutes.
 */
export const clinicalFiguresSchema = z.object({
  visits: count,
  patients: count,
  byTime: z.array(z.object({ at: z.string(), visits: count })),
  byDepartment: z.array(z.object({ department: label, visits: count })),
  byKind: z.array(z.object({ kind: z.string().max(20), visits: count })),
  byAge: z.array(z.object({ band: z.int(), female: count, male: count, other: count })),
  diagnoses: cut(z.object({ text: label, visits: count })),
  conditions: cut(z.object({ code: z.string().max(100).nullable(), text: label, count })),
  waiting: z.object({ arrived: count, called: count, median: number.nullable(), ninetieth: number.nullable(), bands: z.array(z.object({ from: count, to: count.nullable(), count })) }),
  inpatients: z.object({ admitted: count, discharged: count, bedDays: count, averageStay: number.nullable(), present: count, byTime: z.array(z.object({ at: z.string(), average: number })) }),
});
export type ClinicalFigures = z.infer<typeof clinicalFiguresSchema>;

/** `chosen`: made by hand, of the period and the filter that somebody looked at. */
export const clinicalReportPeriods = ['daily', 'monthly', 'chosen'] as const;

/** A report of the clinic's work, from what this workstation holds: each makes its own, and none is sent. */
export const clinicalReportContentSchema = z.object({
  period: z.enum(clinicalReportPeriods),
  filter: analyticsFilterSchema,
  /** Instants at which the first day begins and the last one ends, where it was made. */
  from: instantSchema,
  to: instantSchema,
  /** Names of what the filter names, as they were. */
  siteName: label.optional(),
  /** SHA-256 of all that it was made from, in hexadecimal. */
  inputsDigest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the program that made it. */
  version: z.string().max(40),
  figures: clinicalFiguresSchema,
});
export type ClinicalReportContent = z.infer<typeof clinicalReportContentSchema>;
export type ClinicalReport = Stored<ClinicalReportContent>;
