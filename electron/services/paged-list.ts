import type { Page } from '../../shared/contract/page.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import type { Window } from '../storage/medical-records.ts';

/** A list that is read by pages, to be written to a file. */
export interface Paged {
  /** What the audit says was exported; absent for a list of many kinds. */
  collection?: CollectionName;
  header: string[];
  /** Read one after the other, each to its end. */
  parts: ((window: Window) => Page<string[]> | Promise<Page<string[]>>)[];
}

export const cellsOfPage = <Row>({ rows, total }: Page<Row>, toCells: (row: Row) => string[]): Page<string[]> => ({ total, rows: rows.map(toCells) });
