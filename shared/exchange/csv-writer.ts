import Papa from 'papaparse';

/**
 * What spreadsheets take for the beginning of a formula (OWASP, CSV injection), also in full width, and also behind
 * apostrophes, so that {@link unguard} never takes away one that was typed.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Begins a file in UTF-8: without it, spreadsheets read Chinese in the system's own encoding. */
export const byteOrderMark = '\uFEFF';

/**
 * Rows as CSV (RFC 4180, each row ended by CRLF). A cell that a spreadsheet would run as a formula gets a leading
 * apostrophe, which shows it as text; {@link unguard} gives the cell back as it was.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return `${Papa.unparse(rows as string[][], { newline: '\r\n', escapeFormulae: formula })}\r\n`;
}

/** A cell without the apostrophe that guards it against being run as a formula. */
export function unguard(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
