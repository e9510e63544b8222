import { z } from 'zod';

/** A window on a sorted list; virtual lists ask for the pages that are in sight. */
export const pageSchema = {
  offset: z.int().min(0).max(10_000_000),
  limit: z.int().min(1).max(500),
};

export interface Page<Row> {
  rows: Row[];
  /** Rows in the whole list under the same filter. */
  total: number;
}

/** A call without input. */
export const nothing = z.strictObject({});
