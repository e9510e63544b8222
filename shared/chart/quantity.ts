import { codeIn, codeSystems, type Quantity } from '../schema/fhir-types.ts';
import type { MedicationOrder } from '../schema/medication-request.ts';
import { doseCount } from './frequencies.ts';
import { medicineOf } from './medicines.ts';

type Doses = Pick<MedicationOrder, 'medicationCodeableConcept' | 'doseQuantity' | 'frequency' | 'days'>;

/**
 * What the pharmacy hands out: whole tablets, capsules or vials where the strength is known, else the doses in their own
 * unit. Half a tablet a dose is two doses a tablet. Undefined for a frequency of somebody else's.
 */
export function dispensedQuantity({ medicationCodeableConcept, doseQuantity, frequency, days }: Doses): Quantity | undefined {
  const doses = doseCount(frequency, days);
  if (doses === undefined) return undefined;
  const medicine = medicineOf(codeIn(medicationCodeableConcept, codeSystems.atc));
  const total = doseQuantity.value * doses;
  if (medicine === undefined || medicine.unit !== doseQuantity.unit) return { value: round(total), ...(doseQuantity.unit !== undefined && { unit: doseQuantity.unit }) };
  return { value: Math.ceil(round(total / medicine.strength)), unit: medicine.form, code: `{${medicine.form}}` };
}

/** Without the dust of binary fractions. */
const round = (value: number): number => Number(value.toPrecision(12));
