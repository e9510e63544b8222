import type { ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
import { numberFormat } from './number-format.ts';

/** What an amount is counted in: `threads` and `times` are plain numbers, the others grow to greater units. */
export type AmountUnit = 'threads' | 'mebibytes' | 'gibibytes' | 'megabits';

/** The unit of each dimension. */
export const unitOf: Record<ResourceDimension, AmountUnit> = { cpu: 'threads', memory: 'mebibytes', disk: 'gibibytes', bandwidth: 'megabits' };

const scales: Record<AmountUnit, { step: number; names: string[] }> = {
  threads: { step: 1, names: [''] },
  mebibytes: { step: 1024, names: ['MiB', 'GiB', 'TiB', 'PiB'] },
  gibibytes: { step: 1024, names: ['GiB', 'TiB', 'PiB'] },
  megabits: { step: 1000, names: ['Mbit/s', 'Gbit/s', 'Tbit/s'] },
};

/** An amount as people read it, in the greatest unit in which it is 1 or more: 65,536 MiB are `64 GiB`. */
export function amountText(amount: number, unit: AmountUnit, language: string): string {
  const { step, names } = scales[unit];
  const power = names.length === 1 || amount < step ? 0 : Math.min(names.length - 1, Math.floor(Math.log(amount) / Math.log(step)));
  const value = amount / step ** power;
  const number = numberFormat(language, { maximumFractionDigits: value < 100 ? 1 : 0 }).format(value);
  const name = names[power] ?? '';
  return name === '' ? number : `${number} ${name}`;
}
