import type { Language } from '../schema/setting.ts';

/** What stands in a cell: text for people, and where it is a number the number itself, which a spreadsheet can reckon with. */
export type ReportCell = string | { text: string; value: number };

export interface ReportColumn {
  label: string;
  /** Numbers stand to the right. */
  align?: 'left' | 'right';
  /** Share of the width beside the other columns; 1 where not said. */
  weight?: number;
}

export type ReportBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string }
  /** Names with their values, one a line. */
  | { kind: 'facts'; caption: string; facts: { label: string; value: ReportCell }[] }
  | { kind: 'table'; caption: string; columns: ReportColumn[]; rows: ReportCell[][] }
  /** A bar chart: 1 is the full width; more is drawn as full and marked. The texts carry the figures. */
  | { kind: 'bars'; caption: string; bars: { label: string; share: number; text: string }[] };

/**
 * A report as data, in one language, without layout: `reportCsv` and the backend's `reportPdf` write it. Nothing in it comes from a
 * clock or from chance but `asOf`, so that equal contents give equal files.
 */
export interface ReportDocument {
  language: Language;
  title: string;
  subtitle: string;
  /** Of what moment it speaks, an instant; the PDF bears it as its date. */
  asOf: string;
  /** Below every page: what the report is known by. */
  footer: string;
  blocks: ReportBlock[];
}
