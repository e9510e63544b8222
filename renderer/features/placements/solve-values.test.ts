import { expect, test } from 'vitest';
import { budgetOf, isBudget } from './solve-values.ts';

const most = 2 ** 31 - 1;
const budget = { cpu: 12, memory: 1.5, disk: '', bandwidth: 0 };

test('a budget limits what is placed for profit, in the units of the inventory; an empty field limits nothing', () => {
  expect(budgetOf({ objective: 'profit', budget })).toEqual({ cpu: 12, memory: 1536, disk: most, bandwidth: 0 });
  expect(budgetOf({ objective: 'hosts', budget })).toBeNull();
  expect(budgetOf({ objective: 'profit', budget: { cpu: '', memory: '', disk: '', bandwidth: '' } })).toBeNull();
});

test.each([['', true], [0, true], [2_097_151, true], [2_097_152, false], [-1, false], ['-', false]])('%j GiB of memory can be a budget: %j', (value, isOne) => {
  expect(isBudget('memory', value)).toBe(isOne);
});
