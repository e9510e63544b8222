import { describe, expect, it } from 'vitest';
import { judgedBy } from '../chart/laboratory-range.ts';
import { laboratoryTestOf } from '../chart/laboratory-tests.ts';
import { interpret } from '../chart/reference-ranges.ts';
import { errorOf } from '../testing/error-of.ts';
import { readLaboratoryRanges } from './laboratory-range-rows.ts';

const header = 'code,name,unit,sex,age from,age to,low,high,critical low,critical high,source';
const read = (...rows: string[]) => readLaboratoryRanges([header, ...rows].join('\r\n'));
const wrong = (...rows: string[]) => read(...rows).problems.map(({ row, issues }) => [row, ...issues.map(({ path, code }) => `${path} ${code}`)].join(' '));

describe('a laboratory’s table of reference ranges', () => {
  it('is read by code or name, in either language, with units however they are written and ages in years or months', () => {
    expect(read('6690-2,,×10^9/L,,,,4,10,2,30,Roche').ranges).toEqual([{ loinc: '6690-2', low: 4, high: 10, criticalLow: 2, criticalHigh: 30, source: 'Roche' }]);
    const chinese = readLaboratoryRanges('\uFEFF项目名称;单位;性别;年龄从;年龄至;参考下限;参考上限\n血红蛋白;g/L;女;6月;２岁;105;140\n肌酐;μmol/L;;;;40;100\n铁蛋白;µg/L;;;;15;150\n');
    expect(chinese).toEqual({
      problems: [], unknownTests: ['铁蛋白'],
      ranges: [{ loinc: '718-7', gender: 'female', ageFrom: 0.5, ageBelow: 2, low: 105, high: 140 }, { loinc: '14682-9', low: 40, high: 100 }],
    });
  });

  it('is refused row by row: what is no number, another unit or sex, limits and ages that cross, rows without a limit', () => {
    expect(wrong(
      '6690-2,,10⁹/L,,,,NaN,10,,,', '14771-0,,mg/dL,,,,70,100,,,', '718-7,,g/L,X,,,120,150,,,', '2823-3,,mmol/L,,,,5.3,3.5,,,', '2951-2,,mmol/L,,18,18,137,147,,,',
      '2075-0,,mmol/L,,,,,,,,', '1742-6,,U/L,,,,1e3,,,,', '777-3,,10*9/L,,,,125,350,200,,', '4548-4,,%,,,,4', '1751-7,,g/L,,old,,40,55,,,',
    )).toEqual([
      '1 low invalid-amount', '2 unit unit-differs', '3 sex unknown-gender', '4 high limits-crossed', '5 ageTo ages-crossed',
      '6 low required', '7 low invalid-amount', '8 low limits-crossed', '9  cell-count', '10 ageFrom invalid-amount',
    ]);
  });

  it('is refused where two rows speak of one person, or leave out the year that was meant to count', () => {
    const haemoglobin = (sex: string, from: string, to: string) => `718-7,,g/L,${sex},${from},${to},110,150,,,`;
    expect(wrong(haemoglobin('male', '0', '18'), haemoglobin('female', '0', '18'), haemoglobin('', '18', ''))).toEqual([]);
    expect(wrong(haemoglobin('male', '0', '18'), haemoglobin('', '17', ''))).toEqual(['2 ageFrom range-overlaps']);
    expect(read(haemoglobin('', '', ''), haemoglobin('female', '12', '')).problems).toMatchObject([{ row: 2, issues: [{ params: { row: 1 } }] }]);
    expect(wrong(haemoglobin('', '0', '5'), haemoglobin('', '6', '12'))).toEqual(['1 ageTo age-left-out']);
    expect(wrong(haemoglobin('', '0', '0.5'), haemoglobin('', '18', ''))).toEqual([]);
  });

  it('names the columns that it lacks', async () => {
    expect(await errorOf(() => readLaboratoryRanges('analysis,low\nPotassium,3\n'))).toEqual({ code: 'file-wrong-columns', missing: ['unit'] });
    expect(await errorOf(() => readLaboratoryRanges('a,b\n1,2\n'))).toEqual({ code: 'file-wrong-columns', missing: ['code / name', 'unit', 'low / high'] });
    expect(await errorOf(() => readLaboratoryRanges(`${header}\n`))).toEqual({ code: 'file-empty' });
  });
});

describe('a result', () => {
  const test = laboratoryTestOf('2823-3')!;
  const woman = { gender: 'female', age: 30 } as const;
  const clinic = (...rows: string[]) => ({ name: 'Valley laboratory', ranges: read(...rows).ranges });

  it('is held against the clinic’s range of its person first, and against the built-in one otherwise', () => {
    const ranges = clinic('2823-3,,mmol/L,female,18,,3.8,5,,,Roche');
    expect(judgedBy(test, woman, ranges)).toMatchObject({ range: { low: 3.8, high: 5 }, source: 'Valley laboratory · Roche' });
    expect(interpret(3.6, judgedBy(test, woman, ranges).range)).toBe('L');
    for (const person of [{ gender: 'male', age: 30 }, { gender: 'female', age: 17 }] as const) expect(judgedBy(test, person, ranges)).toMatchObject({ range: { low: 3.5, high: 5.3 }, source: undefined });
    expect(judgedBy(test, woman, undefined).source).toBeUndefined();
  });

  it('is critical by the built-in limit where the clinic gives none, and never inside of the clinic’s range', () => {
    expect(interpret(2.7, judgedBy(test, woman, clinic('2823-3,,mmol/L,,,,3.8,5,,,')).range)).toBe('LL');
    expect(interpret(2.7, judgedBy(test, woman, clinic('2823-3,,mmol/L,,,,3.8,5,2.5,,')).range)).toBe('L');
    expect(interpret(2.7, judgedBy(test, woman, clinic('2823-3,,mmol/L,,,,2.6,5,,,')).range)).toBe('N');
    expect(interpret(6.3, judgedBy(test, woman, clinic('2823-3,,mmol/L,,,,2.6,5,2,,')).range)).toBe('HH');
  });
});
