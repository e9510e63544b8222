import type { TFunction } from 'i18next';
import type { TotalKind, TotalUnit } from '../../../shared/resources/totals.ts';
import { amountText, unitOf } from './amount-text.ts';

/** The sums as the design writes them. */
export const formulas: Record<TotalKind, string> = {
  hardware: 'V = Σ Rᵢ·Cᵢ', 'operating-system': 'S = Σ Vᵢ·Oᵢ', application: 'A = Σ Vᵢ·Pᵢ', 'file-system': 'F = Σ Sᵢ·Rᵢ', database: 'D = Σ Vᵢ·Cᵢ', compute: 'C = Σ Tᵢ·Pᵢ',
};

/** A product or a sum in its unit. */
export function totalText(value: number, unit: TotalUnit, t: TFunction, language: string): string {
  switch (unit) {
    case 'instances':
      return value.toLocaleString(language);
    case 'processor-seconds':
      return t('cloud.processorSeconds', { count: value });
    case 'gibibytes':
    case 'mebibytes':
      return amountText(value, unit, language);
    default:
      return `${t(`resources.dimension.${unit}`)} ${amountText(value, unitOf[unit], language)}`;
  }
}
