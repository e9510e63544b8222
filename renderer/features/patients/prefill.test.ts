import { expect, it } from 'vitest';
import { emptyPatientForm } from './patient-form-values.ts';
import { prefillFromQuery } from './prefill.ts';

it.each([
  ['王小明', { name: '王小明' }],
  [' John  Smith ', { name: 'John Smith' }],
  ['13800138000', { phone: '13800138000' }],
  ['138 0013 8000', { phone: '138 0013 8000' }],
  ['+86 138-0013-8000', { phone: '+86 138-0013-8000' }],
  ['王小明 13800138000', { name: '王小明', phone: '13800138000' }],
  ['11010519491231002x', { nationalId: '11010519491231002X', birthday: '1949-12-31', gender: 'female' }],
  ['8000', {}],
  ['01-000123', {}],
  ['010-12345678', { phone: '010-12345678' }],
  ['', {}],
])('takes from "%s" what it says', (query, expected) => {
  expect(prefillFromQuery(query)).toEqual({ ...emptyPatientForm(), ...expected });
});
