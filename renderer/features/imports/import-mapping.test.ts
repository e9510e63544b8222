import { expect, test } from 'vitest';
import { assignColumn, fieldOfColumn } from './import-mapping.ts';

test('a column goes to one field and a field takes one column', () => {
  const mapping = assignColumn({ name: 0, phone: 1 }, 2, 'name');
  expect(mapping).toEqual({ phone: 1, name: 2 });
  expect(fieldOfColumn(mapping, 0)).toBeUndefined();
  expect(assignColumn(mapping, 1, 'address')).toEqual({ name: 2, address: 1 });
});

test('a column can be left out', () => {
  expect(assignColumn({ name: 0, phone: 1 }, 1, undefined)).toEqual({ name: 0 });
});
