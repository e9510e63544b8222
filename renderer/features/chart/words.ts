import { useTranslation } from 'react-i18next';

export type Language = 'en' | 'zh';
export const useLanguage = (): Language => (useTranslation().i18n.language.startsWith('zh') ? 'zh' : 'en');

export { numberText, quantityText, rangeText, valueText } from '../../../shared/chart/value-text.ts';

/** A number as typed, also with a comma or in full width; undefined where it is none. */
export function readNumber(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}
