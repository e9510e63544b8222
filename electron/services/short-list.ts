import type { CollectionName } from '../../shared/schema/collections.ts';

/** A list that is read at once, as long as its screen, to be written to a file. */
export interface Short {
  /** What the audit says was exported; absent for a list of what is no document. */
  collection?: CollectionName;
  header: string[];
  rows(): string[][] | Promise<string[][]>;
}
