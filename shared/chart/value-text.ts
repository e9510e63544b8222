import type { TFunction } from 'i18next';
import { codeIn, codeSystems, type Quantity } from '../schema/fhir-types.ts';
import type { MedicationRequestContent } from '../schema/medication-request.ts';
import type { ObservationContent } from '../schema/observation.ts';
import { medicineOf, type DoseForm } from './medicines.ts';

const forms: ReadonlySet<string> = new Set<DoseForm>(['tablet', 'capsule', 'vial', 'puff', 'sachet']);

/** `500 mg`, `21 tablets`. */
export function quantityText(quantity: Quantity | undefined, t: TFunction): string {
  if (quantity === undefined) return '';
  const { value, unit = '', comparator = '' } = quantity;
  if (forms.has(unit)) return t(`chart.form.${unit as DoseForm}`, { count: value });
  return `${comparator}${numberText(value)}${spacedUnit(unit)}`;
}

/** `11 × 10⁹/L`: without the sign the two numbers are read as one. */
function spacedUnit(unit: string): string {
  if (unit === '' || unit === '%') return unit;
  return unit.startsWith('10') ? ` × ${unit}` : ` ${unit}`;
}

/** `30 tablets of 5 mg`: a number of tablets alone is none that a pharmacy can hand out. Without a strength where no table knows the drug. */
export function dispensedText({ medicationCodeableConcept, quantity }: Pick<MedicationRequestContent, 'medicationCodeableConcept' | 'quantity'>, t: TFunction): string {
  const text = quantityText(quantity, t);
  const medicine = medicineOf(codeIn(medicationCodeableConcept, codeSystems.atc));
  if (medicine === undefined || medicine.form !== quantity?.unit || medicine.form === medicine.unit) return text;
  return t('chart.ofStrength', { quantity: text, strength: quantityText({ value: medicine.strength, unit: medicine.unit }, t) });
}

/** As many digits as a measurement has: other programs send what their arithmetic left over. A whole number is no such thing. */
export const numberText = (value: number): string => String(Number.isInteger(value) ? value : Number(value.toPrecision(5)));

/** The value of an observation as it is read, the two pressures as `120/80 mmHg`. */
export function valueText({ valueQuantity, valueString, valueCodeableConcept, valueBoolean, valueDateTime, component = [] }: ObservationContent, t: TFunction): string {
  if (valueQuantity) return quantityText(valueQuantity, t);
  if (valueBoolean !== undefined) return t(valueBoolean ? 'chart.yes' : 'chart.no');
  const parts = component.flatMap((part) => (part.valueQuantity === undefined ? [] : [numberText(part.valueQuantity.value)]));
  if (parts.length > 0) return `${parts.join('/')} ${component[0]?.valueQuantity?.unit ?? ''}`;
  return valueString ?? valueCodeableConcept?.text ?? valueDateTime ?? '';
}

/** `3.5–9.5`, `≤ 10`. */
export function rangeText({ referenceRange }: Pick<ObservationContent, 'referenceRange'>): string {
  const [range] = referenceRange ?? [];
  const [low, high] = [range?.low?.value, range?.high?.value];
  if (low !== undefined && high !== undefined) return `${String(low)}–${String(high)}`;
  if (high !== undefined) return `≤ ${String(high)}`;
  return low === undefined ? (range?.text ?? '') : `≥ ${String(low)}`;
}

/** By whose word a value was judged, where the range says so beside its limits. */
export function rangeSource({ referenceRange }: Pick<ObservationContent, 'referenceRange'>): string | undefined {
  const [range] = referenceRange ?? [];
  return range?.low === undefined && range?.high === undefined ? undefined : range.text;
}
