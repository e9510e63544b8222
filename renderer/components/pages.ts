import type { Page } from '../../shared/contract/page.ts';

/** The tallest box that browsers lay out rightly; Chromium stops at 2^25 pixels. */
const tallestBox = 33_000_000;

/** Offsets of the pages that hold rows `first` to `last`. */
export function pagesInSight(first: number, last: number, pageSize: number): number[] {
  const start = Math.floor(first / pageSize);
  const count = Math.floor(Math.max(first, last) / pageSize) - start + 1;
  return Array.from({ length: count }, (_, index) => (start + index) * pageSize);
}

/**
 * The same of `count` rows, with the pages that are half a page away: one that is asked for once it is in sight is drawn twice, at first
 * empty, and that is too much for a frame while people scroll.
 */
export function pagesNear(first: number, last: number, { count, pageSize }: { count: number; pageSize: number }): number[] {
  const ahead = pageSize / 2;
  return pagesInSight(Math.max(0, first - ahead), Math.min(Math.max(0, count - 1), last + ahead), pageSize);
}

/** The row at `index` out of the pages that have come, keyed by their offset; undefined while its page is on the way. */
export function rowAt<Row>(pages: Map<number, Page<Row>>, index: number, pageSize: number): Row | undefined {
  return pages.get(Math.floor(index / pageSize) * pageSize)?.rows[index % pageSize];
}

/** How many of `total` rows a scrolled list can reach. */
export const reachableRows = (total: number, rowHeight: number) => Math.min(total, Math.floor(tallestBox / rowHeight));
