import { fail, type FieldIssue } from '../errors.ts';
import { fitsWidth, isBlank, readCsv, type CsvRecord } from './csv-reader.ts';

const delimiters = [',', ';', '\t'] as const;

export interface Table {
  delimiter: string;
  columns: string[];
  /** The rows below the header, read as they are asked for. */
  rows: Iterable<TableRow>;
}

/** `row` counts from 1 below the header. Blank rows are answered too, so that whoever reads can pause among millions of them. */
export type TableRow = { row: number } & (
  | { kind: 'cells'; cells: string[] }
  | { kind: 'unreadable'; issues: FieldIssue[] }
  | { kind: 'blank' }
);

/** More columns than a patient has fields by far: what has more is no table of people. */
const mostColumns = 1000;
const blankLinesBeforeHeader = 1000;

/**
 * A CSV text as a table with a header row. The delimiter is the one that gives the header the most columns. `pieces`
 * starts the text anew each time. Fails with `file-empty` without a header, or `file-not-csv` when it cannot be read.
 */
export function readTable(pieces: () => Iterable<string>): Table {
  const headers = delimiters.map((delimiter) => ({ delimiter, header: firstRecord(readCsv(pieces(), delimiter)) }));
  if (headers.every(({ header }) => header === undefined)) fail({ code: 'file-empty' });
  const best = headers.reduce((a, b) => ((b.header?.cells?.length ?? 0) > (a.header?.cells?.length ?? 0) ? b : a));
  const columns = best.header?.cells ?? fail({ code: 'file-not-csv', row: 0 });
  if (columns.length > mostColumns || columns.some((column) => column.includes('\0'))) fail({ code: 'file-not-csv', row: 0 });
  return { delimiter: best.delimiter, columns, rows: { [Symbol.iterator]: () => rowsBelowHeader(pieces(), best.delimiter, columns.length) } };
}

const isBlankRecord = ({ cells }: CsvRecord): boolean => cells !== undefined && isBlank(cells);

function firstRecord(records: Iterable<CsvRecord>): CsvRecord | undefined {
  let tried = 0;
  for (const record of records) {
    if (!isBlankRecord(record)) return record;
    tried += 1;
    if (tried > blankLinesBeforeHeader) return undefined;
  }
  return undefined;
}

function* rowsBelowHeader(pieces: Iterable<string>, delimiter: string, width: number): Generator<TableRow, void, undefined> {
  let row = -1;
  for (const record of readCsv(pieces, delimiter)) {
    if (row === -1 && isBlankRecord(record)) continue;
    row += 1;
    if (row > 0) yield { row, ...readRecord(record, width) };
  }
}

function readRecord(record: CsvRecord, width: number) {
  const { cells, problem } = record;
  if (cells === undefined) return { kind: 'unreadable' as const, issues: [{ path: '', code: problem }] };
  if (isBlank(cells)) return { kind: 'blank' as const };
  if (fitsWidth(cells, width)) return { kind: 'cells' as const, cells };
  return { kind: 'unreadable' as const, issues: [{ path: '', code: 'cell-count', params: { found: cells.length, expected: width } }] };
}
