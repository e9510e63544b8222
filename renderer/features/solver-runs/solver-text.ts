import type { TFunction } from 'i18next';

/** A gap: none is said in words, and a small one is not rounded away. */
export function gapText(gap: number | null | undefined, t: TFunction, language: string): string {
  if (gap === null || gap === undefined) return '–';
  return gap === 0 ? t('placements.noGap') : gap.toLocaleString(language, { style: 'percent', maximumSignificantDigits: 2 });
}

export const secondsText = (seconds: number, language: string): string => `${seconds.toLocaleString(language, { maximumFractionDigits: seconds < 1 ? 2 : seconds < 10 ? 1 : 0 })} s`;
