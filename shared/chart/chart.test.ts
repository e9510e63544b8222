import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { createTranslator } from '../i18n/index.ts';
import { yearsOn } from '../patients/age.ts';
import { codeSystems } from '../schema/fhir-types.ts';
import type { MedicationOrder } from '../schema/medication-request.ts';
import type { ObservationInput } from '../schema/observation.ts';
import { searchCodes } from './code-search.ts';
import { scheduledDoses } from './due-immunizations.ts';
import { schedules } from './immunization-schedules.ts';
import { rangesOfChildren } from './laboratory-ranges-of-children.ts';
import { laboratoryTestOf, testsOfOrder } from './laboratory-tests.ts';
import { medicines } from './medicines.ts';
import { orderIssues, unanswered, type OrderSurroundings } from './order-issues.ts';
import { dispensedQuantity } from './quantity.ts';
import { interpret, rangeFor, type Person } from './reference-ranges.ts';
import { dispensedText, quantityText } from './value-text.ts';
import { readingsOf, vitalSignObservations } from './vital-signs.ts';

const drug = (atc: string, text: string) => ({ coding: [{ system: codeSystems.atc, code: atc }], text });
const order = (atc: string, text: string, value: number, frequency: string, days = 7): MedicationOrder => ({
  medicationCodeableConcept: drug(atc, text), doseQuantity: { value, unit: 'mg' }, route: 'oral', frequency, days,
});
const around = (more: Partial<OrderSurroundings> = {}): OrderSurroundings => ({ allergies: [], current: [], age: 40, weight: undefined, ...more });
const allergicTo = (text: string, verificationStatus: 'confirmed' | 'refuted' = 'confirmed') => around({ allergies: [{ code: { text }, clinicalStatus: 'active', verificationStatus }] });
const kinds = (...found: Parameters<typeof orderIssues>) => orderIssues(...found).map(({ kind, level }) => `${kind} ${level}`);

describe('what speaks against a prescription', () => {
  const amoxicillin = order('J01CA04', 'Amoxicillin', 500, 'TID');

  it.each(['Penicillins', '青霉素', '青霉素类', 'penicillin G', '阿莫西林', 'ampicillin'])('is stopped by an allergy to %s', (substance) => {
    expect(kinds(amoxicillin, allergicTo(substance))).toEqual(['allergy stop']);
  });

  it('is found by a name typed by hand, in either language', () => {
    for (const text of ['amoxicillin 500 mg caps', '阿莫西林胶囊']) {
      expect(kinds({ ...amoxicillin, medicationCodeableConcept: { text } }, allergicTo('Penicillin')), text).toEqual(['allergy stop']);
    }
    expect(kinds({ ...amoxicillin, medicationCodeableConcept: { text: 'Zyloric' } }, allergicTo('zyloric'))).toEqual(['allergy stop']);
  });

  it.each([['A10BA02', 'Metformin', 'Allergy to metformin'], ['A10BA02', '二甲双胍', '对二甲双胍过敏'], ['none', 'Zyloric', 'zyloric tablets (rash)']])('is found in a sentence: %s %s, %s', (atc, text, substance) => {
    expect(kinds(order(atc, text, 500, 'QD'), allergicTo(substance))).toEqual(['allergy stop']);
  });

  it('is not found within another word', () => {
    expect(kinds(order('none', 'Iron', 1, 'QD'), allergicTo('Environment'))).toEqual([]);
  });

  it('only warns of a related group, and says nothing of what was refuted or has nothing to do with it', () => {
    expect(kinds(order('J01DB01', 'Cefalexin', 500, 'QID'), allergicTo('Penicillin'))).toEqual(['allergy warn']);
    expect(kinds(amoxicillin, allergicTo('Penicillin', 'refuted'))).toEqual([]);
    expect(kinds(amoxicillin, allergicTo('Peanut'))).toEqual([]);
  });

  it('warns of the same drug, and of two of one chemical subgroup', () => {
    const statin = order('C10AA01', 'Simvastatin', 20, 'BED');
    expect(kinds(statin, around({ current: [{ medicationCodeableConcept: drug('C10AA05', 'Atorvastatin') }] }))).toEqual(['duplicate warn']);
    expect(kinds(statin, around({ current: [{ medicationCodeableConcept: { text: 'simvastatin ' } }] }))).toEqual(['duplicate warn']);
    expect(kinds(statin, around({ current: [{ medicationCodeableConcept: drug('A10BA02', 'Metformin') }] }))).toEqual([]);
  });

  it('warns of a dose out of range, of too much in a day, and by weight in a child', () => {
    const paracetamol = (value: number, frequency: string) => order('N02BE01', 'Paracetamol', value, frequency);
    expect(kinds(paracetamol(1000, 'Q6H'), around())).toEqual([]);
    expect(kinds(paracetamol(1000, 'Q4H'), around())).toEqual(['dose-range warn']);
    expect(kinds(paracetamol(50, 'Q6H'), around())).toEqual(['dose-range warn']);
    expect(kinds(paracetamol(250, 'Q6H'), around({ age: 5, weight: 18 }))).toEqual([]);
    expect(kinds(paracetamol(500, 'Q6H'), around({ age: 5, weight: 18 }))).toEqual(['dose-range warn']);
  });

  it('tells of a child’s dose what it was held against, and never an adult’s range as the usual one', () => {
    const told = (atc: string, value: number, more: Partial<OrderSurroundings>, frequency = 'QD') => orderIssues(order(atc, '', value, frequency), around(more)).map(({ kind, detail }) => `${kind}: ${detail}`);
    const [amoxicillin, levofloxacin, paracetamol] = ['J01CA04', 'J01MA12', 'N02BE01'] as const;
    expect(told(amoxicillin, 250, { age: 2 })).toEqual(['weight-unknown: ≤ 90 mg/kg/d']);
    expect(told(amoxicillin, 2000, { age: 2 })).toEqual(['weight-unknown: ≤ 90 mg/kg/d']);
    expect(told(amoxicillin, 250, { age: 2, weight: 12 })).toEqual([]);
    expect(told(paracetamol, 500, { age: 5, weight: 18 }, 'Q6H')).toEqual(['dose-range: ≤ 1350 mg/d (≤ 75 mg/kg/d, 18 kg)']);
    expect([250, 1000].map((dose) => told(levofloxacin, dose, { age: 5, weight: 18 }))).toEqual([['adult-dose: 250–750 mg, ≤ 750 mg/d'], ['adult-dose: 250–750 mg, ≤ 750 mg/d']]);
    expect(told(levofloxacin, 250, { age: 18 })).toEqual([]);
  });

  it('needs a reason for each stop', () => {
    const issues = orderIssues(amoxicillin, allergicTo('Penicillin'));
    expect(unanswered(issues, [])).toHaveLength(1);
    expect(unanswered(issues, [{ kind: 'allergy', detail: 'Penicillin', reason: '' }])).toHaveLength(1);
    expect(unanswered(issues, [{ kind: 'allergy', detail: 'Penicillin', reason: 'Tolerated since' }])).toEqual([]);
  });
});

test('the table of medicines contradicts itself nowhere: its usual doses warn of nothing', () => {
  for (const { en, atc, dose, unit, frequency } of medicines) {
    const usual = { ...order(atc, en, dose, frequency), doseQuantity: { value: dose, unit } };
    expect(kinds(usual, around()), en).toEqual([]);
  }
  expect(new Set(medicines.map(({ atc }) => atc)).size).toBe(medicines.length);
});

test.each([
  [order('J01CA04', 'Amoxicillin', 500, 'TID', 7), { value: 42, unit: 'capsule' }],
  [order('C07AB02', 'Metoprolol', 12.5, 'BID', 3), { value: 3, unit: 'tablet' }],
  [order('C08CA01', 'Amlodipine', 5, 'QOD', 7), { value: 4, unit: 'tablet' }],
  [order('A10BA02', 'Metformin', 500, 'WK', 3), { value: 1, unit: 'tablet' }],
  [order('none', 'Something else', 0.1, 'TID', 1), { value: 0.3, unit: 'mg' }],
])('the quantity is computed: %#', (given, expected) => {
  expect(dispensedQuantity(given)).toMatchObject(expected);
});

test('values are held against the range of age and sex', () => {
  const rows = [{ ages: [0, 6] as const, high: 120 }, { gender: 'male' as const, low: 130, critical: [60, undefined] as const }, { low: 115 }];
  const flag = (value: number, gender: 'male' | 'female', age: number | undefined) => interpret(value, rangeFor(rows, { gender, age }));
  expect([flag(125, 'male', 40), flag(125, 'female', 40), flag(125, 'male', 5), flag(50, 'male', 40), flag(125, 'male', undefined)]).toEqual(['L', 'N', 'H', 'LL', 'L']);
  expect(interpret(5, undefined)).toBeUndefined();
});

describe('laboratory values', () => {
  const flag = (loinc: string, value: number, gender: Person['gender'], age: number) => interpret(value, rangeFor(laboratoryTestOf(loinc)?.ranges ?? [], { gender, age }));
  const [haemoglobin, creatinine, lymphocytes, platelets] = ['718-7', '14682-9', '736-9', '777-3'] as const;

  it('of a healthy child are not flagged by an adult’s range, and what is critical is', () => {
    expect([flag(haemoglobin, 125, 'male', 8), flag(creatinine, 30, 'male', 4), flag(lymphocytes, 60, 'female', 2), flag(platelets, 420, 'male', 3)]).toEqual(['N', 'N', undefined, 'N']);
    expect([flag(haemoglobin, 108, 'male', 1.5), flag(haemoglobin, 114, 'female', 8), flag(haemoglobin, 125, 'male', 16), flag(haemoglobin, 50, 'male', 0.25), flag(platelets, 20, 'male', 3)]).toEqual(['L', 'L', 'L', 'LL', 'LL']);
    expect([flag(haemoglobin, 200, 'male', 0), flag(haemoglobin, 50, 'male', 0)]).toEqual([undefined, 'LL']);
  });

  it('are held against the range of the sex only where it is known', () => {
    expect([flag(creatinine, 90, 'male', 30), flag(creatinine, 90, 'female', 30), flag(creatinine, 90, 'unknown', 30), flag(creatinine, 700, 'unknown', 30)]).toEqual(['N', 'H', undefined, 'HH']);
    expect([flag(creatinine, 80, 'male', 14), flag(creatinine, 80, 'female', 14), flag(creatinine, 80, 'unknown', 14), flag(creatinine, 80, 'unknown', 12)]).toEqual(['N', 'H', undefined, 'H']);
  });

  it('change with the month that a band begins with', () => {
    const alanine = '1742-6';
    expect([11 / 12, 1, 23 / 12, 2, 12 + 11 / 12, 13].map((age) => flag(alanine, 35, 'male', age))).toEqual(['N', 'N', 'N', 'H', 'H', 'N']);
    expect([flag(alanine, 71, 'male', 11 / 12), flag(alanine, 71, 'male', 1), flag(alanine, 35, 'female', 13), flag(alanine, 45, 'male', 18)]).toEqual(['N', 'H', 'H', 'N']);
  });

  it('have bands that follow each other and limits in their order', () => {
    for (const [loinc, rows] of Object.entries(rangesOfChildren)) {
      for (const gender of ['male', 'female'] as const) {
        const own = rows.filter((row) => row.gender === undefined || row.gender === gender);
        expect(own.map(({ ages }) => ages?.[0]).slice(1), loinc).toEqual(own.map(({ ages }) => ages?.[1]).slice(0, -1));
        expect(own.every(({ low = NaN, high = NaN }) => low < high), loinc).toBe(true);
      }
    }
  });
});

test('what is handed out names its strength, and a count is no number with its unit', () => {
  const { t } = createTranslator('en');
  const handedOut = (given: MedicationOrder) => dispensedText({ ...given, quantity: dispensedQuantity(given) }, t);
  expect(handedOut(order('C08CA01', 'Amlodipine', 5, 'QD', 30))).toBe('30 tablets of 5 mg');
  expect(handedOut(order('none', 'Something else', 0.1, 'TID', 1))).toBe('0.3 mg');
  expect([quantityText({ value: 11, unit: '10⁹/L' }, t), quantityText({ value: 1_234_567, unit: 'IU/mL' }, t), quantityText({ value: 5.100000001, unit: 'mmol/L' }, t)]).toEqual(['11 × 10⁹/L', '1234567 IU/mL', '5.1 mmol/L']);
});

test('a sign that was measured in another unit is read in its own, and one in an unknown unit is not read as if it were', () => {
  const [measured] = vitalSignObservations({ temperature: 37 }, '2026-03-02T09:00:00.000Z', { gender: 'male', age: 30 });
  const read = (value: number, code?: string) => readingsOf({ ...(measured as ObservationInput), valueQuantity: { value, unit: 'any', ...(code !== undefined && { code }) } }).temperature?.value;
  expect([read(37.2, 'Cel'), read(37.2), read(98.6, '[degF]'), read(310, 'K')]).toEqual([37.2, 37.2, 37, undefined]);
});

test('a round of vital signs holds both pressures in one observation, reads back the same, and has its body mass index', () => {
  const observations = vitalSignObservations({ systolic: 120, diastolic: 80, weight: 80, height: 200 }, '2026-03-02T09:00:00.000Z', { gender: 'male', age: 30 });
  expect(observations).toHaveLength(4);
  const readings = Object.assign({}, ...observations.map(readingsOf)) as ReturnType<typeof readingsOf>;
  expect(Object.fromEntries(Object.entries(readings).map(([key, { value }]) => [key, value]))).toEqual({ systolic: 120, diastolic: 80, weight: 80, height: 200, bodyMassIndex: 20 });
});

test('the body mass index of a child is held against that of its sex and half year, up to the day it is grown', () => {
  const flag = (gender: Person['gender'], age: number, bodyMassIndex: number) => vitalSignObservations({ bodyMassIndex }, '2026-03-02T09:00:00.000Z', { gender, age })[0]?.interpretation;
  // A girl and a boy of twelve (WS/T 586-2018: 21.5 and 20.7 are overweight; WS/T 456-2014: 14.7 and 15.4 are thin).
  expect([20.7, 21.4, 21.5].map((value) => [flag('male', 12, value), flag('female', 12, value)])).toEqual([['H', 'N'], ['H', 'N'], ['H', 'H']]);
  expect([14.7, 14.8, 15.4, 15.5].map((value) => [flag('male', 12, value), flag('female', 12, value)])).toEqual([['L', 'L'], ['L', 'N'], ['L', 'N'], ['N', 'N']]);
  // From the day of twelve and a half on it is the next row.
  const birth = { birthday: '2013-09-02' };
  expect(['2026-03-01', '2026-03-02'].map((day) => flag('male', yearsOn(birth, day) as number, 20.9))).toEqual(['H', 'N']);
  expect([flag('male', 17.99, 23.8), flag('female', 17.99, 23.8), flag('male', 18, 23.9), flag('female', 18, 24)]).toEqual(['H', 'N', 'N', 'H']);
  expect([flag('unknown', 12, 30), flag('male', 5.9, 30)]).toEqual([undefined, undefined]);
});

test('a panel is ordered by one name and answered by its tests', () => {
  expect(testsOfOrder({ coding: [{ system: codeSystems.loinc, code: '24326-1' }], text: '' }).map(({ en }) => en)).toEqual(['Potassium', 'Sodium', 'Chloride']);
  expect(testsOfOrder({ text: 'ECG' })).toEqual([]);
});

describe('immunisations', () => {
  const child = { birthday: '2026-01-31', gender: 'female' } as const;
  const given = (cvx: string, occurrenceDateTime: string) => ({ vaccineCode: { coding: [{ system: codeSystems.cvx, code: cvx }], text: '' }, status: 'completed' as const, occurrenceDateTime });
  const states = (today: string, doses: Parameters<typeof scheduledDoses>[2] = []) =>
    scheduledDoses('china', child, doses, today).filter(({ vaccine }) => vaccine.key === 'hepB').map(({ dose, dueDate, state }) => `${String(dose)} ${dueDate} ${state}`);

  it('are due on their day, overdue four weeks later, and at the end of a month that has no such day', () => {
    expect(states('2026-02-28')).toEqual(['1 2026-01-31 due', '2 2026-02-28 due', '3 2026-07-31 upcoming']);
    expect(states('2026-03-29')).toEqual(['1 2026-01-31 overdue', '2 2026-02-28 overdue', '3 2026-07-31 upcoming']);
  });

  it('count whatever protects against the same, in the order of time', () => {
    expect(states('2026-03-29', [given('102', '2026-03-01'), given('08', '2026-02-01')])).toEqual(['1 2026-01-31 given', '2 2026-02-28 given', '3 2026-07-31 upcoming']);
  });

  it('wait, after a late one, for as long as two must lie apart', () => {
    expect(states('2026-12-22', [given('08', '2026-12-21')])).toEqual(['1 2026-01-31 given', '2 2027-01-18 upcoming', '3 2027-03-19 upcoming']);
    expect(states('2026-12-22', [given('08', '2026-01-31'), given('08', '2026-12-21')]).at(-1)).toBe('3 2027-02-19 upcoming');
  });

  it('wait as each schedule has it', () => {
    const second = given('08', '2026-12-21');
    const third = (name: 'china' | 'who') => scheduledDoses(name, child, [given('08', '2026-01-31'), second], '2026-12-22').find(({ vaccine, dose }) => vaccine.key === 'hepB' && dose === 3);
    expect([third('china')?.dueDate, third('who')?.dueDate]).toEqual(['2027-02-19', '2027-01-18']);
    const boosters = (name: 'china' | 'who') => scheduledDoses(name, child, ['2026-03-14', '2026-04-11', '2026-05-09', '2032-01-31'].map((day) => given('20', day)), '2032-02-01').filter(({ vaccine, dose }) => vaccine.key === 'dtp' && dose === 5);
    expect([boosters('china')[0]?.dueDate, boosters('who')[0]?.dueDate]).toEqual(['2033-01-30', '2036-01-30']);
    for (const { doses, intervals, until } of Object.values(schedules)) {
      const named = new Set(doses.map(({ vaccine }) => vaccine));
      expect([...Object.keys(intervals), ...Object.keys(until)].filter((key) => !named.has(key))).toEqual([]);
    }
  });

  it('are not made up for at an age at which they are given no more', () => {
    const due = (name: 'china' | 'who', today: string) => new Set(scheduledDoses(name, child, [], today).map(({ vaccine }) => vaccine.key));
    expect([due('china', '2028-01-30').has('menA'), due('china', '2028-01-31').has('menA'), due('china', '2030-01-30').has('bcg'), due('china', '2030-01-31').has('bcg')]).toEqual([true, false, true, false]);
    expect([due('who', '2028-01-30').has('rotavirus'), due('who', '2028-01-31').has('rotavirus'), due('who', '2031-01-31').has('hib'), due('who', '2031-01-31').has('polio')]).toEqual([true, false, false, true]);
  });

  it('are told under the day of the clinic that they were given on', () => {
    vi.stubEnv('TZ', 'Asia/Shanghai');
    onTestFinished(() => void vi.unstubAllEnvs());
    const days = (...doses: string[]) => scheduledDoses('china', child, doses.map((at) => given('08', at)), '2026-03-29').flatMap(({ givenOn }) => givenOn ?? []);
    expect(days('2026-02-01T18:00:00.000Z', '2026-03-03')).toEqual(['2026-02-02', '2026-03-03']);
  });

  it('are told of no boy’s cancer of the cervix, of nobody without a birthday, and are not made up for by grown-ups', () => {
    const hpv = (gender: 'male' | 'female') => scheduledDoses('who', { ...child, gender }, [], '2026-02-01').filter(({ vaccine }) => vaccine.key === 'hpv').length;
    expect([hpv('female'), hpv('male')]).toEqual([2, 0]);
    expect(scheduledDoses('china', { gender: 'male' }, [], '2026-02-01')).toEqual([]);
    expect(scheduledDoses('china', { ...child, birthday: '1990-01-01' }, [], '2026-02-01')).toEqual([]);
  });
});

test('codes are found by their beginning with or without the dot, by the beginning of the name, and by all words of it', () => {
  const entries = [['E11.9', 'Type 2 diabetes', '2型糖尿病'], ['E10.9', 'Type 1 diabetes', '1型糖尿病'], ['I10', 'Essential hypertension', '原发性高血压']] as const;
  const found = (query: string) => searchCodes(entries, query, 10).map(([code]) => code);
  expect(found('e119')).toEqual(['E11.9']);
  expect(found('e1')).toEqual(['E11.9', 'E10.9']);
  expect(found('diabetes 1')).toEqual(['E10.9']);
  expect(found('高血压')).toEqual(['I10']);
  expect(found('')).toHaveLength(3);
});
