import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DoseForm } from '../../../shared/chart/medicines.ts';
import type { Quantity } from '../../../shared/schema/fhir-types.ts';
import type { Observation } from '../../../shared/schema/observation.ts';

export type Language = 'en' | 'zh';
export const useLanguage = (): Language => (useTranslation().i18n.language.startsWith('zh') ? 'zh' : 'en');

const forms: ReadonlySet<string> = new Set<DoseForm>(['tablet', 'capsule', 'vial', 'puff', 'sachet']);

/** `500 mg`, `21 tablets`. */
export function quantityText(quantity: Quantity | undefined, t: TFunction): string {
  if (quantity === undefined) return '';
  const { value, unit = '', comparator = '' } = quantity;
  if (forms.has(unit)) return t(`chart.form.${unit as DoseForm}`, { count: value });
  return `${comparator}${numberText(value)}${unit === '' || unit === '%' ? unit : ` ${unit}`}`;
}

/** As many digits as a measurement has: other programs send what their arithmetic left over. */
export const numberText = (value: number): string => String(Number(value.toPrecision(5)));

/** The value of an observation as it is read, the two pressures as `120/80 mmHg`. */
export function valueText({ valueQuantity, valueString, valueCodeableConcept, valueBoolean, valueDateTime, component = [] }: Observation, t: TFunction): string {
  if (valueQuantity) return quantityText(valueQuantity, t);
  if (valueBoolean !== undefined) return t(valueBoolean ? 'chart.yes' : 'chart.no');
  const parts = component.flatMap((part) => (part.valueQuantity === undefined ? [] : [numberText(part.valueQuantity.value)]));
  if (parts.length > 0) return `${parts.join('/')} ${component[0]?.valueQuantity?.unit ?? ''}`;
  return valueString ?? valueCodeableConcept?.text ?? valueDateTime ?? '';
}

/** `3.5–9.5`, `≤ 10`. */
export function rangeText({ referenceRange }: Pick<Observation, 'referenceRange'>): string {
  const [range] = referenceRange ?? [];
  const [low, high] = [range?.low?.value, range?.high?.value];
  if (low !== undefined && high !== undefined) return `${String(low)}–${String(high)}`;
  if (high !== undefined) return `≤ ${String(high)}`;
  return low === undefined ? (range?.text ?? '') : `≥ ${String(low)}`;
}

/** A number as typed, also with a comma or in full width; undefined where it is none. */
export function readNumber(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}
