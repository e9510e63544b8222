import PDFDocument from 'pdfkit';
import type { ReportBlock, ReportCell, ReportColumn, ReportDocument } from '../../../shared/reports/document.ts';
import { reportFont } from './font.ts';
import { printable } from './printable.ts';

const margin = { top: 48, bottom: 54, left: 48, right: 48 };
const sizes = { title: 18, heading: 13, text: 9.5, table: 8.5, footer: 7.5 };
const colors = { text: '#1a1b1e', dim: '#5c5f66', line: '#ced4da', head: '#f1f3f5', bar: '#1c7ed6', over: '#c92a2a' };
const padding = 4;

type Page = PDFKit.PDFDocument;

/**
 * A report as PDF on A4, with the part of the font that it uses. Equal reports give equal bytes: the dates are the report's own, the
 * file's identifier is derived from them, and fonts are named by their number.
 */
export async function reportPdf(report: ReportDocument): Promise<Uint8Array> {
  const asOf = new Date(report.asOf);
  const page = new PDFDocument({
    // Without a font of its own none of the standard ones is read, whose files lie beside the package.
    size: 'A4', font: '', margins: margin, bufferPages: true, pdfVersion: '1.7', lang: report.language === 'zh' ? 'zh-CN' : 'en', displayTitle: true,
    info: { Title: report.title, Subject: report.subtitle, Creator: 'Outpost', Producer: 'Outpost', CreationDate: asOf, ModDate: asOf },
  });
  const parts: Buffer[] = [];
  page.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => page.on('end', resolve).on('error', reject));
  page.registerFont('report', reportFont());
  page.font('report').fillColor(colors.text);
  const { title, subtitle, blocks, footer } = printable(report, (codePoint) => fontOf(page).hasGlyphForCodePoint(codePoint));
  page.fontSize(sizes.title).text(title);
  page.fontSize(sizes.text).fillColor(colors.dim).text(subtitle).fillColor(colors.text);
  for (const block of blocks) drawBlock(page, block);
  drawFooters(page, footer);
  page.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
}

/** The open font: which characters it holds is not among what PDFKit's types tell. */
const fontOf = (page: Page) => (page as Page & { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } })._font.font;

function drawBlock(page: Page, block: ReportBlock): void {
  switch (block.kind) {
    case 'heading':
      makeRoom(page, 70);
      page.moveDown(0.8).fontSize(sizes.heading).text(block.text, margin.left).moveDown(0.2);
      return;
    case 'text':
      makeRoom(page, 20);
      page.fontSize(sizes.text).text(block.text, margin.left).moveDown(0.3);
      return;
    case 'facts':
      return drawTable(page, '', [{ label: '', weight: 2 }, { label: '', weight: 3 }], block.facts.map(({ label, value }) => [label, value]));
    case 'table':
      return drawTable(page, block.caption, block.columns, block.rows);
    case 'bars':
      return drawBars(page, block);
  }
}

const width = (page: Page) => page.page.width - margin.left - margin.right;
const bottom = (page: Page) => page.page.height - margin.bottom;
const textOf = (cell: ReportCell) => (typeof cell === 'string' ? cell : cell.text);

/** Begins a new page where less than this is left of the present one. */
function makeRoom(page: Page, height: number): void {
  if (page.y + height > bottom(page)) page.addPage();
}

function drawCaption(page: Page, caption: string): void {
  if (caption === '') return;
  makeRoom(page, 50);
  page.fontSize(sizes.text).fillColor(colors.dim).text(caption, margin.left).fillColor(colors.text).moveDown(0.2);
}

/** Rows are never cut by the end of a page, and the head stands again on the next one. */
function drawTable(page: Page, caption: string, columns: readonly ReportColumn[], rows: readonly ReportCell[][]): void {
  drawCaption(page, caption);
  page.fontSize(sizes.table);
  const whole = columns.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const widths = columns.map(({ weight = 1 }) => (width(page) * weight) / whole);
  const head = columns.map(({ label }) => label);
  const hasHead = head.some((label) => label !== '');
  const drawRow = (cells: readonly string[], isHead: boolean) => {
    const height = Math.max(...cells.map((cell, index) => page.heightOfString(cell, { width: (widths[index] ?? 0) - 2 * padding }))) + 2 * padding - 2;
    if (page.y + height > bottom(page)) {
      page.addPage();
      if (hasHead && !isHead) drawRow(head, true);
    }
    const top = page.y;
    if (isHead) page.rect(margin.left, top, width(page), height).fill(colors.head).fillColor(colors.text);
    let left = margin.left;
    for (const [index, cell] of cells.entries()) {
      const wide = widths[index] ?? 0;
      page.text(cell, left + padding, top + padding - 1, { width: wide - 2 * padding, align: columns[index]?.align ?? 'left' });
      left += wide;
    }
    page.y = top + height;
    page.moveTo(margin.left, page.y).lineTo(margin.left + width(page), page.y).lineWidth(0.5).stroke(colors.line);
  };
  if (hasHead) drawRow(head, true);
  for (const row of rows) drawRow(row.map(textOf), false);
  page.x = margin.left;
  page.moveDown(0.8);
}

function drawBars(page: Page, { caption, bars }: Extract<ReportBlock, { kind: 'bars' }>): void {
  drawCaption(page, caption);
  page.fontSize(sizes.table);
  const [labels, texts] = [150, 130];
  const full = width(page) - labels - texts;
  for (const { label, share, text } of bars) {
    makeRoom(page, 18);
    const top = page.y;
    page.text(label, margin.left, top, { width: labels - padding, height: 14, ellipsis: true });
    page.rect(margin.left + labels, top + 1, full, 9).fill(colors.head);
    page.rect(margin.left + labels, top + 1, full * Math.min(1, Math.max(0, share)), 9).fill(share > 1 ? colors.over : colors.bar);
    page.fillColor(colors.text).text(text, margin.left + labels + full + padding, top, { width: texts - padding });
    page.y = Math.max(page.y, top + 14);
  }
  page.x = margin.left;
  page.moveDown(0.8);
}

/** Only when all pages are there is it known how many there are. */
function drawFooters(page: Page, footer: string): void {
  const { count } = page.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    page.switchToPage(index);
    // Text below the margin would begin a page of its own.
    page.page.margins.bottom = 0;
    const top = page.page.height - 36;
    page.fontSize(sizes.footer).fillColor(colors.dim);
    page.text(footer, margin.left, top, { width: width(page) - 60, height: 20, ellipsis: true });
    page.text(`${index + 1} / ${count}`, margin.left + width(page) - 60, top, { width: 60, align: 'right' });
    page.page.margins.bottom = margin.bottom;
  }
}
