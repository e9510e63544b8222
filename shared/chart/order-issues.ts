import { isActiveAllergy, isNoKnownAllergy, type AllergyIntoleranceContent } from '../schema/allergy-intolerance.ts';
import { codeIn, codeSystems, type CodeableConcept } from '../schema/fhir-types.ts';
import type { DetectedIssue, MedicationOrder, MedicationRequestContent } from '../schema/medication-request.ts';
import { timesADay } from './frequencies.ts';
import { groupsOfName, medicineOf, type AllergyGroup, type Medicine } from './medicines.ts';

/** A stop needs a reason before the order can be signed; a warning is shown and kept. */
export interface OrderIssue extends Pick<DetectedIssue, 'kind' | 'detail'> {
  level: 'stop' | 'warn';
}

export interface OrderSurroundings {
  allergies: readonly Pick<AllergyIntoleranceContent, 'code' | 'category' | 'clinicalStatus' | 'verificationStatus'>[];
  /** What the patient takes, and what else is in the basket. */
  current: readonly Pick<MedicationRequestContent, 'medicationCodeableConcept'>[];
  /** Completed years; undefined where no birth is known. */
  age: number | undefined;
  /** Kilograms. */
  weight: number | undefined;
}

type Order = Pick<MedicationOrder, 'medicationCodeableConcept' | 'doseQuantity' | 'frequency'>;

/** What speaks against an order, gravest first. */
export const orderIssues = (order: Order, surroundings: OrderSurroundings): OrderIssue[] => [
  ...allergyIssues(order.medicationCodeableConcept, surroundings.allergies),
  ...duplicateIssues(order.medicationCodeableConcept, surroundings.current),
  ...doseIssues(order, surroundings),
];

const medicineIn = (concept: CodeableConcept): Medicine | undefined => medicineOf(codeIn(concept, codeSystems.atc));

/** By the drug's table, by its name, and by every name it is coded under: a drug typed by hand must be found too. */
function groupsOf(concept: CodeableConcept): Set<AllergyGroup> {
  const names = [concept.text, ...(concept.coding ?? []).flatMap(({ display }) => (display === undefined ? [] : [display]))];
  return new Set([...(medicineIn(concept)?.groups ?? []), ...names.flatMap(groupsOfName)]);
}

/** One in fifty or so of those allergic to penicillins reacts to cephalosporins: said, and not stopped. */
const related: readonly (readonly [AllergyGroup, AllergyGroup])[] = [['penicillins', 'cephalosporins'], ['cephalosporins', 'penicillins']];

function allergyIssues(drug: CodeableConcept, allergies: OrderSurroundings['allergies']): OrderIssue[] {
  const groups = groupsOf(drug);
  return allergies.filter((allergy) => isActiveAllergy(allergy) && !isNoKnownAllergy(allergy)).flatMap(({ code }): OrderIssue[] => {
    const substance = groupsOf(code);
    if (sameSubstance(drug, code) || [...substance].some((group) => groups.has(group))) return [{ kind: 'allergy', level: 'stop', detail: code.text }];
    const near = related.some(([one, other]) => substance.has(one) && groups.has(other));
    return near ? [{ kind: 'allergy', level: 'warn', detail: code.text }] : [];
  });
}

const folded = (text: string): string => text.trim().toLocaleLowerCase('en');
/** Every name that a drug or substance goes by, in both languages where it is in the table. */
const namesOf = (concept: CodeableConcept): string[] => {
  const medicine = medicineIn(concept);
  return [concept.text, ...(medicine === undefined ? [] : [medicine.en, medicine.zh])].map(folded);
};

/** A substance of one character says too little to be found within a name. Others' charts say `Allergy to metformin`. */
const sameSubstance = (drug: CodeableConcept, substance: CodeableConcept): boolean =>
  namesOf(drug).some((one) => namesOf(substance).some((other) => one === other || (other.length > 1 && one.includes(other)) || hasWord(other, one)));

const words = (text: string): string => ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
/** By whole words where a script has them: iron is not meant by the environment. */
const hasWord = (text: string, name: string): boolean => name.length > 1 && (/\p{Script=Han}/u.test(name) ? text.includes(name) : words(text).includes(words(name)));

function duplicateIssues(drug: CodeableConcept, current: OrderSurroundings['current']): OrderIssue[] {
  const atc = codeIn(drug, codeSystems.atc);
  // The fifth sign of an ATC code ends its chemical subgroup: two of one subgroup do the same.
  const subgroup = atc?.slice(0, 5);
  return current
    .filter(({ medicationCodeableConcept: other }) =>
      folded(other.text) === folded(drug.text) || (subgroup !== undefined && codeIn(other, codeSystems.atc)?.startsWith(subgroup) === true))
    .map(({ medicationCodeableConcept: other }) => ({ kind: 'duplicate', level: 'warn', detail: other.text }));
}

const adult = 18;

function doseIssues({ medicationCodeableConcept, doseQuantity, frequency }: Order, { age, weight }: OrderSurroundings): OrderIssue[] {
  const medicine = medicineIn(medicationCodeableConcept);
  if (medicine === undefined || medicine.unit !== doseQuantity.unit) return [];
  const { unit, maximumADay, maximumADayPerKg, range: [low, high] } = medicine;
  const child = age !== undefined && age < adult;
  const perKg = child && weight !== undefined && maximumADayPerKg !== undefined ? maximumADayPerKg * weight : undefined;
  const aDay = doseQuantity.value * Math.max(1, timesADay(frequency) ?? 1);
  const outside = doseQuantity.value > high || aDay > Math.min(maximumADay, perKg ?? Infinity) || (!child && doseQuantity.value < low);
  const warning = (kind: OrderIssue['kind'], detail: string): OrderIssue[] => [{ kind, level: 'warn', detail }];
  const ofAdults = `${amount(low)}–${amount(high)} ${unit}, ≤ ${amount(maximumADay)} ${unit}/d`;
  if (!child || unit === 'sachet') return outside ? warning('dose-range', ofAdults) : [];
  // A child's dose is never told to be within an adult's: without a weight, or a dose by weight, nothing was checked.
  if (maximumADayPerKg === undefined) return warning('adult-dose', ofAdults);
  const byWeight = `≤ ${amount(maximumADayPerKg)} ${unit}/kg/d`;
  if (perKg === undefined) return warning('weight-unknown', byWeight);
  return outside ? warning('dose-range', `≤ ${amount(Math.min(perKg, maximumADay))} ${unit}/d (${byWeight}, ${amount(weight ?? 0)} kg)`) : [];
}

const amount = (value: number): string => String(Number(value.toPrecision(4)));

/** Stops that nobody gave a reason for. */
export const unanswered = (issues: readonly OrderIssue[], given: readonly DetectedIssue[]): OrderIssue[] =>
  issues.filter(({ level, kind, detail }) =>
    level === 'stop' && !given.some((issue) => issue.kind === kind && issue.detail === detail && (issue.reason ?? '') !== ''));
