import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patientTerms, queryParts } from './patient-terms.ts';
import { pinyinTerms } from './pinyin-terms.ts';

const patient = { name: '王小明', phone: '138 0013 8000', medicalRecordNumber: '01-000123' };

test('a Chinese name is found by pinyin, given name and initials', () => {
  expect(pinyinTerms('王小明').sort()).toEqual(['ming', 'wangxiaoming', 'wxm', 'xiaoming', 'xm'].sort());
});

test.each([
  ['欧阳娜娜', 'ouyangnana'],
  ['单雄信', 'shanxiongxin'],
  ['仇英', 'qiuying'],
  ['曾国藩', 'zengguofan'],
  ['任重', 'renchong'],
  ['吕布', 'lvbu'],
  ['吕布', 'lubu'],
])('%s can be typed as %s', (name, typed) => {
  expect(pinyinTerms(name)).toContain(typed);
});

test('a name of nothing but ambiguous characters stays small', () => {
  expect(pinyinTerms('重重重重重重重重重重').length).toBeLessThan(200);
});

describe('patientTerms', () => {
  test('numbers are indexed without what separates them', () => {
    expect(patientTerms(patient).prefixes).toEqual(expect.arrayContaining(['13800138000', '01000123', '王小明']));
  });

  test('marks and full-width forms fold away', () => {
    expect(patientTerms({ name: 'José Ｗａｎｇ', medicalRecordNumber: '1' }).prefixes).toEqual(expect.arrayContaining(['jose', 'wang', 'josewang']));
  });
});

describe('queryParts', () => {
  test.each([
    ['wang小', ['wang', '小']],
    ['王 138-0013', ['王', '1380013']],
    ['  ', []],
    ['"name" OR * NEAR(', ['name', 'or', 'near']],
    ["O'Brien", ['o', 'brien']],
  ])('%j', (query, texts) => {
    expect(queryParts(query).map(({ text }) => text)).toEqual(texts);
  });

  test('no input leaves anything but letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (query) => {
        for (const { text } of queryParts(query)) expect(text).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
  });
});
