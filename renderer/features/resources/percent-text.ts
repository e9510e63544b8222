import { numberFormat } from './number-format.ts';

/** A share as `84 %` is read in a language; whole numbers, and below one per cent one digit. */
export const percentText = (share: number, language: string): string =>
  numberFormat(language, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.01 ? 1 : 0 }).format(share);
