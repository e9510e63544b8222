import type { TFunction } from 'i18next';
import type { PlacementObjective } from '../../../shared/resources/placement/options.ts';
import { amountText } from '../resources/amount-text.ts';
import { percentText } from '../resources/percent-text.ts';

const millionths = 1_000_000;

/** A value or bound of a model in the unit of its objective; a dash while there is none. */
export function valueText(value: number | null | undefined, objective: PlacementObjective, t: TFunction, language: string): string {
  if (value === null || value === undefined) return '–';
  switch (objective) {
    case 'hosts':
      return t('placements.hostsUsed', { count: value });
    case 'moves':
      return t('placements.movesMade', { count: value });
    case 'time':
      return amountText(value, 'mebibytes', language);
    case 'balance':
      return percentText(value / millionths, language);
    case 'profit':
      return value.toLocaleString(language);
  }
}

/** A gap: none is said in words, and a small one is not rounded away. */
export function gapText(gap: number | null | undefined, t: TFunction, language: string): string {
  if (gap === null || gap === undefined) return '–';
  return gap === 0 ? t('placements.noGap') : gap.toLocaleString(language, { style: 'percent', maximumSignificantDigits: 2 });
}

export const secondsText = (seconds: number, language: string): string => `${seconds.toLocaleString(language, { maximumFractionDigits: seconds < 1 ? 2 : seconds < 10 ? 1 : 0 })} s`;
