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
