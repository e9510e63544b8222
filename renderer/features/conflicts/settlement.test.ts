import { expect, it } from 'vitest';
import type { Clash } from '../../../shared/schema/conflict.ts';
import { allOf, settlementsOf, standingValue } from './settlement.ts';

const clash = (path: string, kept: 0 | 1): Clash => ({ path, base: {}, values: [{ value: 'a' }, { value: 'b' }], kept });
const clashes = [clash('address', 1), clash('notes', 0)];

it('tells a side as kept or other by what the document shows', () => {
  expect(settlementsOf({ clashes }, allOf({ clashes }, 0))).toEqual([
    { path: 'address', choice: 'other' },
    { path: 'notes', choice: 'kept' },
  ]);
});

it('settles nothing before every clash has a choice', () => {
  expect(settlementsOf({ clashes }, { notes: { take: 'both' } })).toBeUndefined();
});

it('takes both texts, or a new one; an emptied field has no value', () => {
  expect(settlementsOf({ clashes }, { address: { take: 'edited', text: 'c' }, notes: { take: 'both' } })).toEqual([
    { path: 'address', choice: 'edited', value: 'c' },
    { path: 'notes', choice: 'both' },
  ]);
  expect(settlementsOf({ clashes: [clash('notes', 0)] }, { notes: { take: 'edited', text: ' ' } })).toEqual([{ path: 'notes', choice: 'edited' }]);
});

it('writes the kept value back where somebody wrote another one since, unless that is to stay', () => {
  const row = { clashes: [clash('address', 1)], present: [{ value: 'c' }] };
  expect(settlementsOf(row, { address: { take: 1 } })).toEqual([{ path: 'address', choice: 'edited', value: 'b' }]);
  expect(settlementsOf(row, { address: { take: 0 } })).toEqual([{ path: 'address', choice: 'other' }]);
  expect(settlementsOf(row, { address: { take: 'present' } })).toEqual([{ path: 'address', choice: 'kept' }]);
  expect(settlementsOf({ ...row, present: [{ value: 'b' }] }, { address: { take: 1 } })).toEqual([{ path: 'address', choice: 'kept' }]);
});

it('knows which value stands: one of both, neither, or one that is not on this computer', () => {
  const both = clash('address', 1);
  expect([{ value: 'a' }, { value: 'b' }, { value: 'a\nb' }, {}, undefined].map((present) => standingValue(both, present))).toEqual([0, 1, 'another', 'another', undefined]);
  expect(standingValue({ values: [{}, { value: 'b' }] }, {})).toBe(0);
});
