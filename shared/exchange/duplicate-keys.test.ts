import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duplicateKeys, SeenTexts } from './duplicate-keys.ts';

const patient = { name: '王小明', birthday: '1990-01-02', phone: '138 0013 8000' } as const;
const agree = (other: Parameters<typeof duplicateKeys>[0]) => {
  const seen = new SeenTexts();
  duplicateKeys(patient).forEach((key) => seen.add(key));
  return duplicateKeys(other).some((key) => seen.add(key));
};

test('a person entered twice is found by what the entries share', () => {
  expect(agree({ name: '王 小明', phone: '13800138000' })).toBe(true);
  expect(agree({ name: '王小明', birthday: '1990-01-02' })).toBe(true);
  expect(agree({ ...patient, name: '王小红' })).toBe(false);
  expect(agree({ name: '王小明' })).toBe(false);
});

test('texts are remembered exactly as a set would', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 })), (texts) => {
      const [seen, set] = [new SeenTexts(), new Set<string>()];
      for (const text of texts) {
        expect(seen.add(text)).toBe(set.has(text));
        set.add(text);
      }
    }),
  );
});

test('a million texts that differ in a digit are a million texts', () => {
  const seen = new SeenTexts();
  let agreed = 0;
  for (let index = 0; index < 1_000_000; index += 1) if (seen.add(`phone ${13_800_000_000 + index} 王小明`)) agreed += 1;
  expect(agreed).toBe(0);
});
