import { expect, test } from 'vitest';
import { reportCsv } from '../../../shared/reports/csv.ts';
import type { ReportDocument } from '../../../shared/reports/document.ts';
import { reportPdf } from './pdf.ts';
import { pdfTexts } from './testing/pdf-text.ts';

const report = (rows: number, more: Partial<ReportDocument> = {}): ReportDocument => ({
  language: 'zh', title: '云资源日报', subtitle: '2026-01-01', asOf: '2026-01-02T00:00:00.000Z', footer: '摘要 abc',
  blocks: [
    { kind: 'heading', text: '分配' },
    { kind: 'bars', caption: '份额', bars: [{ label: '内存', share: 0.5, text: '50%' }, { label: '处理器', share: 1.4, text: '140%' }] },
    { kind: 'facts', caption: '', facts: [{ label: '主机', value: { text: '1,234', value: 1234 } }] },
    { kind: 'table', caption: '主机表', columns: [{ label: '主机' }, { label: '份额', align: 'right' }], rows: Array.from({ length: rows }, (_, index) => [`host-${index}`, { text: `${index}%`, value: index / 100 }]) },
  ],
  ...more,
});

test('the Chinese of a report can be read out of its PDF again, and every row of a table that fills pages', async () => {
  const pages = await pdfTexts(await reportPdf(report(120)));
  expect(pages.length).toBeGreaterThan(2);
  expect(pages[0]).toContain('云资源日报');
  expect(pages[0]).toContain('处理器');
  const all = pages.join('\n');
  for (let index = 0; index < 120; index += 1) expect(all).toContain(`host-${index}`);
  for (const [index, text] of pages.entries()) {
    expect(text).toContain(`${index + 1} / ${pages.length}`);
    expect(text).toContain('摘要 abc');
  }
  // The head of the table stands on each page that has rows of it.
  for (const text of pages.filter((one) => one.includes('host-'))) expect(text).toContain('份额');
});

test('a character that the font lacks is told by its code point, and never an empty box', async () => {
  const [text] = await pdfTexts(await reportPdf(report(1, { subtitle: '𠮷野\u{E0100}家 · \u{2A6D6}', footer: '龘䶮𬭎' })));
  expect(text).toContain('〔U+20BB7〕野家 · 〔U+2A6D6〕');
  expect(text).toContain('龘䶮𬭎');
});

test('equal reports give equal bytes, and other ones others', async () => {
  const [one, other] = [await reportPdf(report(3)), await reportPdf(report(3))];
  expect(Buffer.compare(one, other)).toBe(0);
  expect(Buffer.compare(one, await reportPdf(report(4)))).not.toBe(0);
  expect(Buffer.from(one).toString('latin1')).toContain('D:20260102000000Z');
});

test('CSV holds the figures as numbers and no formula', () => {
  const csv = reportCsv(report(2, { subtitle: '=1+1' }));
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv).toContain('"\'=1+1"');
  expect(csv).toContain('主机,1234\r\n');
  expect(csv).toContain('主机表\r\n主机,份额\r\nhost-0,0\r\nhost-1,0.01\r\n');
});
