import { z } from 'zod';
import { resourceAmountsSchema } from '../../schema/resource-amounts.ts';

/**
 * What a placement is to be good at; whole numbers in every case.
 * - `hosts`: hosts in use, the fewer the better.
 * - `moves`: machines that change their host; one that is placed nowhere or on a lost host is no move.
 * - `time`: MiB of memory to be copied by those moves; divided by the bandwidth it is the time to allocate.
 * - `balance`: the greatest share of any host's dimension that is given away, in millionths, rounded up.
 * - `profit`: profit of the placed machines, the more the better; the only objective that may leave machines out.
 *   Where no machine has a profit each counts 1.
 */
export const placementObjectives = ['hosts', 'moves', 'time', 'balance', 'profit'] as const;
export type PlacementObjective = (typeof placementObjectives)[number];

export const placementOptionsSchema = z.object({
  objective: z.enum(placementObjectives),
  /** Mbit/s over which memory is copied, one machine after the other. */
  bandwidth: z.int().min(1).max(10_000_000).default(10_000),
  /** `one-host`: after the loss of any one host its machines must fit on the others; see `survivesAnyLoss`. */
  reserve: z.enum(['none', 'one-host']).default('none'),
  /** For `profit`: what may be handed out in all, beside what the hosts have. */
  budget: resourceAmountsSchema.nullable().default(null),
});
export type PlacementOptions = z.infer<typeof placementOptionsSchema>;

/** Seconds that it takes to copy memory: MiB × 8 bits × 2^20 over Mbit/s. */
export const copySeconds = (mebibytes: number, bandwidth: number): number => (mebibytes * 8 * 1.048576) / bandwidth;
