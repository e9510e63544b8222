import { z } from 'zod';
import { calendarDaySchema, instantSchema, type Stored } from './document.ts';
import { resourceDimensions } from './resource-amounts.ts';

/** `moment`: made by hand, of the cloud as it is then. */
export const reportPeriods = ['daily', 'monthly', 'moment'] as const;
export type ReportPeriod = (typeof reportPeriods)[number];

/** Which reports a workstation makes by itself. */
export const reportSchedules = ['both', 'daily', 'monthly', 'off'] as const;
export type ReportSchedule = (typeof reportSchedules)[number];

const name = z.string().max(400);
const number = z.number();
const count = z.int().min(0);
const dimension = z.enum(resourceDimensions);
const shares = z.object({ cpu: number, memory: number, disk: number, bandwidth: number });

/** What the cloud was, without layout or language. Lists that may be long are cut, and say of how many. */
export const cloudFiguresSchema = z.object({
  counts: z.object({ hosts: count, virtualMachines: count, storagePools: count, databases: count, computeNodes: count, tasks: count }),
  /** Each sum with its terms; equal terms stand once, with how many there are. */
  totals: z.array(z.object({
    kind: z.string().max(40),
    sums: z.array(z.object({ unit: z.string().max(40), value: number, terms: z.array(z.object({ count, left: number, right: number, product: number })).max(50), rest: z.object({ count, product: number }) })).max(10),
  })).max(10),
  allocation: z.array(z.object({ dimension, physical: number, promised: number, allocated: number, share: number, stranded: number })).max(4),
  pools: z.object({ rows: z.array(z.object({ name, capacity: number, used: number, share: number })).max(50), of: count }),
  /** Hosts of which more is given away than promised, and those of which next to nothing is: by their fullest dimension. */
  over: z.object({ rows: z.array(z.object({ name, dimension, share: number })).max(50), of: count }),
  under: z.object({ rows: z.array(z.object({ name, dimension, share: number })).max(50), of: count }),
  unplaced: count,
  findings: z.object({
    rows: z.array(z.object({
      code: z.string().max(60), severity: z.string().max(20), machines: z.array(name).max(10), machineCount: count, hosts: z.array(name).max(10), hostCount: count,
      group: z.string().max(100), dimension: dimension.nullable(), asked: number, available: number,
    })).max(50),
    of: count,
  }),
  bottleneck: z.object({ dimension: dimension.nullable(), asked: shares, fitting: count, relief: z.array(z.object({ dimension, amount: number, hosts: count, machines: count })).max(4) }),
  placement: z.object({
    objective: z.string().max(20), model: z.string().max(20), status: z.string().max(20),
    /** As things are, and how many rules and capacities are broken in it. */
    present: number.nullable(), broken: count,
    /** The best that was found, what nothing can be better than, and how far apart they are as a share. */
    value: number.nullable(), bound: number.nullable(), gap: number.nullable(),
    reason: z.string().max(60).nullable(),
  }),
  moves: z.object({ rows: z.array(z.object({ at: instantSchema, machine: name, from: name.nullable(), to: name.nullable() })).max(200), of: count }),
  /** Shares given away at the ends of earlier periods and of this one, and where that leads. */
  trend: z.object({
    samples: z.array(z.object({ at: instantSchema, shares })).max(60),
    lines: z.array(z.object({ dimension, slopePerDay: number, fit: number, inThirtyDays: number, low: number, high: number, fullAt: instantSchema.nullable() })).max(4),
  }),
});
export type CloudFigures = z.infer<typeof cloudFiguresSchema>;

/**
 * A report of the cloud. Made again from the same inputs, by the same model, seed and version, every field is the same. Which
 * period it is about decides its id, so that two workstations that make it make one document.
 */
export const cloudReportContentSchema = z.object({
  period: z.enum(reportPeriods),
  /** The day, or the first day of the month, where the workstation is. */
  day: calendarDaySchema,
  from: instantSchema,
  to: instantSchema,
  /** SHA-256 of all that it was made from, in hexadecimal. */
  inputsDigest: z.string().regex(/^[0-9a-f]{64}$/),
  seed: z.int().min(0),
  /** Of the program that made it. */
  version: z.string().max(40),
  figures: cloudFiguresSchema,
});
export type CloudReportContent = z.infer<typeof cloudReportContentSchema>;
export type CloudReport = Stored<CloudReportContent>;
