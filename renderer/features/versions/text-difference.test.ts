import { expect, it } from 'vitest';
import { fieldDifferences } from './field-differences.ts';
import { textDifference } from './text-difference.ts';

const marked = (before: string, after: string) =>
  textDifference(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');

it.each([
  ['fever for 3 days', 'fever for 5 days', 'fever for [-3-]{+5+} days'],
  ['take 0.5mg daily', 'take 5mg daily', 'take [-0.5mg-]{+5mg+} daily'],
  ['患者发热三天', '患者发热五天', '患者发热[-三天-]{+五天+}'],
  ['青霉素过敏', '头孢菌素过敏', '[-青霉素-]{+头孢菌素+}过敏'],
  ['one big dog', 'two small cats', '[-one big dog-]{+two small cats+}'],
  ['a\nb', 'a b', 'a[-\n-]{+ +}b'],
  ['', 'new', '{+new+}'],
  ['old', '', '[-old-]'],
  ['same', 'same', 'same'],
])('compares %j with %j', (before, after, expected) => {
  expect(marked(before, after)).toBe(expected);
});

it('always gives both texts back', () => {
  const before = '主诉：发热 3 天, cough.\n\n阿莫西林 0.5 g tid';
  const after = '主诉：发热 5 天, no cough.\n阿莫西林 1 g bid';
  const changes = textDifference(before, after);
  const without = (kind: string) => changes.filter((change) => change.kind !== kind).map(({ text }) => text).join('');
  expect(without('added')).toBe(before);
  expect(without('removed')).toBe(after);
});

it('replaces choices and days as a whole', () => {
  const day = (text: string) => [{ field: 'birthday', label: 'Birthday', text, whole: true }];
  expect(fieldDifferences(day('1990-01-02'), day('1990-01-03'))[0]?.changes).toEqual([
    { kind: 'removed', text: '1990-01-02' },
    { kind: 'added', text: '1990-01-03' },
  ]);
  expect(fieldDifferences(day(''), day('1990-01-03'))[0]?.changes).toEqual([{ kind: 'added', text: '1990-01-03' }]);
});

it('lists only the fields that differ', () => {
  const before = [{ field: 'name', label: 'Name', text: 'Ada' }, { field: 'phone', label: 'Phone', text: '1' }];
  const after = [{ field: 'name', label: 'Name', text: 'Ada' }, { field: 'phone', label: 'Phone', text: '2' }];
  expect(fieldDifferences(before, after).map(({ field }) => field)).toEqual(['phone']);
});
