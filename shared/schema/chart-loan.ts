import { z } from 'zod';
import { calendarDaySchema, idSchema, instantSchema, optionalText, requiredText, type Stored } from './document.ts';
import { signatureSchema } from './fhir-types.ts';

/** What is filled in when the paper original of a chart is lent. */
export const chartLoanInputSchema = z.strictObject({
  borrowerName: requiredText(200),
  purpose: optionalText(500),
  dueDate: calendarDaySchema,
});

/** A paper original that left the record room. */
export const chartLoanContentSchema = z.object({
  ...chartLoanInputSchema.shape,
  patientId: idSchema,
  archivedChartId: idSchema,
  lent: signatureSchema,
  returned: signatureSchema.optional(),
  /** When it came back; nothing else of it is needed to know that it is still out. */
  returnedAt: instantSchema.optional(),
});
export type ChartLoanContent = z.infer<typeof chartLoanContentSchema>;
export type ChartLoan = Stored<ChartLoanContent>;
