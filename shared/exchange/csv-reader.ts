/** A record of a CSV text: its cells, or why it has none that could be trusted. */
export type CsvRecord = { cells: string[]; problem?: undefined } | { cells?: undefined; problem: 'broken-quote' | 'row-too-long' };

/** Characters after which a record without an end is given up: far more than any field takes, little enough to hold. */
export const longestRecord = 4_194_304;

/**
 * Reads CSV (RFC 4180; line ends CRLF, LF or CR, also mixed) out of pieces of text, holding one piece and one record
 * at a time. A blank line is the record `['']`.
 *
 * A quote that is not closed, or is closed in the middle of a cell, spoils the line in which it was opened and nothing
 * else: that line is answered as `broken-quote`, and reading goes on at the next one. So it is when a cell runs
 * over several lines and its record then has another number of cells than the first: a stray quote has found a
 * partner further down, and the lines between belong to other people. Parsers that only follow the grammar
 * (papaparse too) answer such lines as one long cell, and those people would be missing without a word.
 */
export function* readCsv(pieces: Iterable<string>, delimiter: string): Generator<CsvRecord, void, undefined> {
  const reader = new Reader(delimiter);
  for (const piece of pieces) yield* reader.read(piece, false);
  yield* reader.read('', true);
}

/** Whether a record has as many cells as the header; empty ones too many at the end do no harm. */
export const fitsWidth = (cells: readonly string[], width: number): boolean =>
  cells.length >= width && cells.slice(width).every((cell) => cell === '');

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** `quote` is where the quote was opened that spoils the line, or that opened a cell of several lines. */
type Scanned =
  | { kind: 'record'; cells: string[]; next: number; quote?: number }
  | { kind: 'broken'; quote: number }
  | { kind: 'incomplete'; quote?: number };

class Reader {
  private readonly delimiter: string;
  private readonly plainCell: RegExp;
  private buffer = '';
  private isLast = false;
  /** Inside a line that has been given up and whose end has not come yet. */
  private skipping = false;
  private width: number | undefined;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
    this.plainCell = new RegExp(`[^${delimiter}\\r\\n]*`, 'y');
  }

  *read(piece: string, isLast: boolean): Generator<CsvRecord, void, undefined> {
    this.buffer += piece;
    this.isLast = isLast;
    let start = this.skipping ? this.skipLine(0) : 0;
    while (start < this.buffer.length) {
      const scanned = this.scan(start);
      if (scanned.kind === 'incomplete' && this.buffer.length - start <= longestRecord) break;
      if (scanned.kind === 'record' && !this.swallowedLines(scanned)) {
        yield { cells: scanned.cells };
        start = scanned.next;
      } else {
        yield { problem: scanned.quote === undefined ? 'row-too-long' : 'broken-quote' };
        start = this.skipLine(scanned.quote ?? start);
      }
    }
    this.buffer = this.buffer.slice(start);
  }

  private swallowedLines({ cells, quote }: { cells: string[]; quote?: number }): boolean {
    if (this.width === undefined && !isBlank(cells)) this.width = cells.length;
    return quote !== undefined && this.width !== undefined && !fitsWidth(cells, this.width);
  }

  /** Where the line after the one at `from` begins. */
  private skipLine(from: number): number {
    const lineEnd = /[\r\n]/g;
    lineEnd.lastIndex = from;
    const at = lineEnd.exec(this.buffer)?.index ?? this.buffer.length;
    const next = this.afterLineEnd(at);
    this.skipping = next === undefined;
    return next ?? at;
  }

  /** Undefined while the line end may still go on in the next piece. */
  private afterLineEnd(at: number): number | undefined {
    if (this.buffer[at] === '\r' && this.buffer[at + 1] === '\n') return at + 2;
    if (!this.isLast && at + 1 >= this.buffer.length && this.buffer[at] !== '\n') return undefined;
    return Math.min(at + 1, this.buffer.length);
  }

  private scan(start: number): Scanned {
    const cells: string[] = [];
    let quote: number | undefined;
    let at = start;
    for (;;) {
      if (this.buffer[at] === '"') {
        const closed = this.quotedCell(at);
        if (closed.kind !== 'cell') return closed;
        if (/[\r\n]/.test(closed.cell)) quote ??= at;
        cells.push(closed.cell);
        at = closed.next;
      } else {
        this.plainCell.lastIndex = at;
        const cell = this.plainCell.exec(this.buffer)?.[0] ?? '';
        cells.push(cell);
        at += cell.length;
      }
      if (this.buffer[at] === this.delimiter) {
        at += 1;
        continue;
      }
      const next = this.afterLineEnd(at);
      if (next === undefined) return { kind: 'incomplete' };
      return { kind: 'record', cells, next, ...(quote !== undefined && { quote }) };
    }
  }

  private quotedCell(open: number): { kind: 'cell'; cell: string; next: number } | Exclude<Scanned, { kind: 'record' }> {
    let close = this.buffer.indexOf('"', open + 1);
    while (close !== -1 && this.buffer[close + 1] === '"') close = this.buffer.indexOf('"', close + 2);
    if (close === -1) return { kind: this.isLast ? 'broken' : 'incomplete', quote: open };
    let next = close + 1;
    while (this.buffer[next] === ' ') next += 1;
    const follows = this.buffer[next];
    if (follows === undefined && !this.isLast) return { kind: 'incomplete', quote: open };
    if (follows !== undefined && follows !== this.delimiter && follows !== '\r' && follows !== '\n') return { kind: 'broken', quote: open };
    return { kind: 'cell', cell: this.buffer.slice(open + 1, close).replaceAll('""', '"'), next };
  }
}
