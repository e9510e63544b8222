import type { FieldIssue } from '../errors.ts';
import type { ObservationInput } from '../schema/observation.ts';
import { codeSystems } from '../schema/fhir-types.ts';
import { interpret, rangeFor, referenceRangeOf, type Person, type RangeRow } from './reference-ranges.ts';
import { schoolAgeBodyMassIndex } from './school-age-body-mass-index.ts';

/** A vital sign in the grid: one number. The two pressures are parts of one observation, LOINC 85354-9. */
export interface VitalSign {
  key: VitalSignKey;
  loinc: string;
  display: string;
  unit: string;
  /** UCUM. */
  ucum: string;
  /** What no living person has: a slip of the finger. */
  possible: readonly [number, number];
  ranges: readonly RangeRow[];
}
export type VitalSignKey =
  | 'systolic' | 'diastolic' | 'heartRate' | 'respiratoryRate' | 'temperature' | 'oxygenSaturation' | 'weight' | 'height' | 'bodyMassIndex' | 'painScore';

/**
 * Rates and pressures of children after the American Heart Association's PALS, of adults after WHO; body mass index of adults
 * after China's WS/T 428 (WHO gives 25 for 24), of school children by sex, see `schoolAgeBodyMassIndex`. Of the others none is held
 * against a range by sex: these sources give one for both, and weight and height alone are held against nothing.
 */
export const vitalSigns: readonly VitalSign[] = [
  {
    key: 'systolic', loinc: '8480-6', display: 'Systolic blood pressure', unit: 'mmHg', ucum: 'mm[Hg]', possible: [30, 300],
    ranges: [
      { ages: [0, 1], low: 72, high: 104 }, { ages: [1, 3], low: 86, high: 106 }, { ages: [3, 6], low: 89, high: 112 },
      { ages: [6, 10], low: 97, high: 115 }, { ages: [10, 13], low: 102, high: 120 }, { ages: [13, 18], low: 110, high: 131 },
      { low: 90, high: 139, critical: [70, 179] },
    ],
  },
  {
    key: 'diastolic', loinc: '8462-4', display: 'Diastolic blood pressure', unit: 'mmHg', ucum: 'mm[Hg]', possible: [10, 200],
    ranges: [
      { ages: [0, 1], low: 37, high: 56 }, { ages: [1, 3], low: 42, high: 63 }, { ages: [3, 6], low: 46, high: 72 },
      { ages: [6, 10], low: 57, high: 76 }, { ages: [10, 13], low: 61, high: 80 }, { ages: [13, 18], low: 64, high: 83 },
      { low: 60, high: 89, critical: [40, 119] },
    ],
  },
  {
    key: 'heartRate', loinc: '8867-4', display: 'Heart rate', unit: '/min', ucum: '/min', possible: [10, 350],
    ranges: [
      { ages: [0, 1], low: 100, high: 180 }, { ages: [1, 3], low: 98, high: 140 }, { ages: [3, 6], low: 80, high: 120 },
      { ages: [6, 12], low: 75, high: 118 }, { low: 60, high: 100, critical: [40, 140] },
    ],
  },
  {
    key: 'respiratoryRate', loinc: '9279-1', display: 'Respiratory rate', unit: '/min', ucum: '/min', possible: [2, 120],
    ranges: [
      { ages: [0, 1], low: 30, high: 53 }, { ages: [1, 3], low: 22, high: 37 }, { ages: [3, 6], low: 20, high: 28 },
      { ages: [6, 12], low: 18, high: 25 }, { low: 12, high: 20, critical: [8, 30] },
    ],
  },
  { key: 'temperature', loinc: '8310-5', display: 'Body temperature', unit: '°C', ucum: 'Cel', possible: [25, 45], ranges: [{ low: 36, high: 37.3, critical: [35, 40] }] },
  { key: 'oxygenSaturation', loinc: '59408-5', display: 'Oxygen saturation by pulse oximetry', unit: '%', ucum: '%', possible: [20, 100], ranges: [{ low: 95, critical: [90, undefined] }] },
  { key: 'weight', loinc: '29463-7', display: 'Body weight', unit: 'kg', ucum: 'kg', possible: [0.3, 500], ranges: [] },
  { key: 'height', loinc: '8302-2', display: 'Body height', unit: 'cm', ucum: 'cm', possible: [20, 260], ranges: [] },
  { key: 'bodyMassIndex', loinc: '39156-5', display: 'Body mass index', unit: 'kg/m²', ucum: 'kg/m2', possible: [5, 120], ranges: [...schoolAgeBodyMassIndex, { ages: [18, 200], low: 18.5, high: 23.9 }] },
  { key: 'painScore', loinc: '72514-3', display: 'Pain severity 0-10', unit: '/10', ucum: '{score}', possible: [0, 10], ranges: [{ high: 3 }] },
];

export const bloodPressurePanel = { loinc: '85354-9', display: 'Blood pressure panel' } as const;
export const vitalSignOf = (key: VitalSignKey): VitalSign => vitalSigns.find((sign) => sign.key === key) as VitalSign;

/** Codes under which observations of vital signs are kept, the pressures under their panel. */
export const vitalSignCodes: readonly string[] = [
  bloodPressurePanel.loinc,
  ...vitalSigns.filter(({ key }) => key !== 'systolic' && key !== 'diastolic').map(({ loinc }) => loinc),
];

const loincConcept = ({ loinc, display }: { loinc: string; display: string }) => ({ coding: [{ system: codeSystems.loinc, code: loinc, display }], text: display });

function measured(key: VitalSignKey, value: number, person: Person) {
  const sign = vitalSignOf(key);
  const range = rangeFor(sign.ranges, person);
  const interpretation = interpret(value, range);
  const unit = { unit: sign.unit, code: sign.ucum };
  return {
    code: loincConcept(sign),
    valueQuantity: { value, ...unit },
    ...(interpretation !== undefined && { interpretation, ...referenceRangeOf(range, unit) }),
  };
}

/**
 * What one look at a patient gives: an observation for each value, one for both pressures, and the body mass index where
 * weight and height are given.
 */
export function vitalSignObservations(values: Partial<Record<VitalSignKey, number>>, effectiveDateTime: string, person: Person): ObservationInput[] {
  const common = { status: 'final', category: 'vital-signs', effectiveDateTime } as const;
  const { systolic: _systolic, diastolic: _diastolic, ...single } = values;
  const pressures = (['systolic', 'diastolic'] as const).flatMap((key) => (values[key] === undefined ? [] : [measured(key, values[key], person)]));
  const bodyMassIndex = massIndex(values);
  const all = { ...single, ...(bodyMassIndex !== undefined && { bodyMassIndex }) };
  return [
    ...(pressures.length > 0 ? [{ ...common, code: loincConcept(bloodPressurePanel), component: pressures }] : []),
    ...(Object.entries(all) as [VitalSignKey, number][]).map(([key, value]) => ({ ...common, ...measured(key, value, person) })),
  ];
}

/** Kilograms by square metre, to one decimal. */
function massIndex({ weight, height }: Partial<Record<VitalSignKey, number>>): number | undefined {
  return weight === undefined || height === undefined ? undefined : Math.round((weight / (height / 100) ** 2) * 10) / 10;
}

/** Other units in which signs are measured elsewhere, UCUM, each with what makes the sign's own of it. */
const conversions: Readonly<Record<string, (value: number) => number>> = {
  '[degF]Cel': (value) => (value - 32) / 1.8,
  '[lb_av]kg': (value) => value * 0.45359237,
  gkg: (value) => value / 1000,
  '[in_i]cm': (value) => value * 2.54,
  mcm: (value) => value * 100,
  'kPamm[Hg]': (value) => value * 7.50061683,
};

type Measured = Pick<ObservationInput, 'code' | 'valueQuantity' | 'interpretation' | 'component'>;

/** The vital signs among an observation and its parts, in their own units, with the path of each. What is in a unit that is not known here is none: 99 is a fever or none by it. */
function signsOf({ code, valueQuantity, interpretation, component = [] }: Measured): { path: string; sign: VitalSign; value: number; interpretation?: string | undefined }[] {
  const parts = [{ path: 'valueQuantity', code, valueQuantity, interpretation }, ...component.map((part, index) => ({ ...part, path: `component.${index}.valueQuantity` }))];
  return parts.flatMap((part) => {
    const sign = vitalSigns.find(({ loinc }) => part.code.coding?.some(({ system, code: held }) => system === codeSystems.loinc && held === loinc));
    if (sign === undefined || part.valueQuantity === undefined) return [];
    const { value, code: unit = sign.ucum } = part.valueQuantity;
    const convert = conversions[`${unit}${sign.ucum}`];
    const own = unit === sign.ucum ? value : convert && Math.round(convert(value) * 100) / 100;
    return own === undefined ? [] : [{ path: part.path, sign, value: own, interpretation: part.interpretation }];
  });
}

/**
 * Values that no living person has: a slip of the finger, which would stand in every curve and dose by weight. One that stands there
 * `before`, as others' charts bring it, is left to whoever says that it was a mistake.
 */
export function vitalSignIssues(observation: Measured, before?: Measured): FieldIssue[] {
  const held = before === undefined ? [] : signsOf(before);
  return signsOf(observation)
    .filter(({ sign, value }) => !(value >= sign.possible[0] && value <= sign.possible[1]) && !held.some((one) => one.sign === sign && one.value === value))
    .map(({ path }) => ({ path, code: 'out-of-range' }));
}

/** A reading of one vital sign: its value, in the sign's unit, out of an observation or out of the part of one. */
export interface Reading {
  value: number;
  interpretation?: string | undefined;
}

/** Readings by vital sign that an observation holds; by code, so that others' observations are read too. */
export const readingsOf = (observation: Measured): Partial<Record<VitalSignKey, Reading>> =>
  Object.fromEntries(signsOf(observation).map(({ sign, value, interpretation }) => [sign.key, { value, interpretation }]));
