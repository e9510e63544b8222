import type { ReportDocument } from '../../../shared/reports/document.ts';

/** Choose the shape of the character before them and draw nothing themselves. */
const isVariationSelector = (codePoint: number): boolean => (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);

/**
 * The report with each character that the font lacks told by its code point, as 〔U+20BB7〕: rare surnames lie outside what fonts of a
 * usual size hold, and an empty box in place of a name says nothing.
 */
export function printable(report: ReportDocument, hasGlyph: (codePoint: number) => boolean): ReportDocument {
  const told = (text: string) =>
    Array.from(text, (character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      if (codePoint < 0x20 || hasGlyph(codePoint)) return character;
      return isVariationSelector(codePoint) ? '' : `〔U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}〕`;
    }).join('');
  return mapTexts(report, told) as ReportDocument;
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, map));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, map)]));
  return value;
}
