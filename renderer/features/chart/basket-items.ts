import { z } from 'zod';
import { medicines, type Medicine } from '../../../shared/chart/medicines.ts';
import { orderIssues, type OrderIssue, type OrderSurroundings } from '../../../shared/chart/order-issues.ts';
import { codeSystems, type CodeableConcept } from '../../../shared/schema/fhir-types.ts';
import { medicationOrderSchema, type MedicationOrder } from '../../../shared/schema/medication-request.ts';
import { serviceOrderSchema } from '../../../shared/schema/service-request.ts';
import { given } from './use-clinical-form.ts';
import { readNumber } from './words.ts';

const itemsSchema = z.object({ medicationRequests: z.array(medicationOrderSchema), serviceRequests: z.array(serviceOrderSchema) });
/** What is gathered and not signed yet. */
export type BasketItems = z.infer<typeof itemsSchema>;
export const noItems: BasketItems = { medicationRequests: [], serviceRequests: [] };

/** What a draft kept; one that another version wrote otherwise is an empty basket. */
export function readItems(text: unknown): BasketItems {
  try {
    return itemsSchema.parse(JSON.parse(String(text)));
  } catch {
    return noItems;
  }
}

/** A prescription while it is typed. */
export const orderFields = ['drug', 'dose', 'unit', 'route', 'frequency', 'days', 'asNeeded', 'note', 'reason'] as const;
export type OrderText = Record<(typeof orderFields)[number], string>;
export const emptyOrder: OrderText = { drug: '', dose: '', unit: 'mg', route: 'oral', frequency: 'TID', days: '3', asNeeded: '', note: '', reason: '' };

export const medicineNamed = (name: string): Medicine | undefined => {
  const typed = name.trim().toLocaleLowerCase('en');
  return medicines.find(({ en, zh }) => [en, zh].some((one) => one.toLocaleLowerCase('en') === typed));
};

/** A known drug brings its usual dose. */
export function withDrug(order: OrderText, drug: string): OrderText {
  const medicine = medicineNamed(drug);
  if (!medicine) return { ...order, drug };
  return { ...order, drug, dose: String(medicine.dose), unit: medicine.unit, route: medicine.route, frequency: medicine.frequency };
}

function drugConcept(name: string): CodeableConcept {
  const medicine = medicineNamed(name);
  return { ...(medicine && { coding: [{ system: codeSystems.atc, code: medicine.atc, display: medicine.en }] }), text: name.trim() };
}

/** What the typed texts mean; the schema says what is amiss. */
export const orderCandidate = (order: OrderText) => ({
  medicationCodeableConcept: drugConcept(order.drug),
  doseQuantity: { value: readNumber(order.dose), unit: given(order.unit) },
  route: order.route,
  frequency: order.frequency,
  days: readNumber(order.days),
  ...(order.asNeeded === 'yes' && { asNeeded: true }),
  note: order.note,
});

/** What speaks against an order as far as it is typed. */
export function issuesOf(order: OrderText, surroundings: OrderSurroundings, items: BasketItems): OrderIssue[] {
  if (given(order.drug) === undefined) return [];
  const { medicationCodeableConcept, frequency } = orderCandidate(order);
  const typed = { medicationCodeableConcept, frequency, doseQuantity: { value: readNumber(order.dose) ?? NaN, unit: given(order.unit) } };
  return orderIssues(typed, { ...surroundings, current: [...surroundings.current, ...items.medicationRequests] });
}

/** The warnings as they are kept with the order, a stop with its reason. */
export const detectedIssues = (issues: readonly OrderIssue[], reason: string): MedicationOrder['detectedIssues'] =>
  issues.length === 0 ? undefined : issues.map(({ kind, detail, level }) => ({ kind, detail, ...(level === 'stop' && { reason: reason.trim() }) }));
