import { byteOrderMark, toCsv } from '../exchange/csv-writer.ts';
import type { ReportBlock, ReportCell, ReportDocument } from './document.ts';

/** Numbers with all their digits and without grouping, whatever the language. */
const cellOf = (cell: ReportCell): string => (typeof cell === 'string' ? cell : String(cell.value));

function rowsOf(block: ReportBlock): string[][] {
  switch (block.kind) {
    case 'heading':
      return [[block.text]];
    case 'text':
      return [[block.text]];
    case 'facts':
      return block.facts.map(({ label, value }) => [label, cellOf(value)]);
    case 'table':
      return [[block.caption], block.columns.map(({ label }) => label), ...block.rows.map((row) => row.map(cellOf))];
    case 'bars':
      return [[block.caption], ...block.bars.map(({ label, share }) => [label, String(share)])];
  }
}

/** A report as CSV: its tables one below the other, each under its caption, an empty line between them. Opens with a byte order mark. */
export function reportCsv({ title, subtitle, asOf, blocks, footer }: ReportDocument): string {
  const parts = [[[title], [subtitle], [asOf]], ...blocks.map(rowsOf), [[footer]]];
  return byteOrderMark + parts.map((rows) => toCsv(rows)).join('\r\n');
}
