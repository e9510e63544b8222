import { expect, it } from 'vitest';
import { conflictField, readableFields } from '../../../shared/conflicts/conflict-fields.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { declaredPolicies } from '../../../shared/sync/policies.ts';
import { editIssue } from './edit-issue.ts';

const { t } = createTranslator('en');

it.each([
  ['patients', 'address', '1 High Street', undefined],
  ['patients', 'address', '  ', undefined],
  ['patients', 'name', '', 'Please fill this in'],
  ['patients', 'phone', 'unknown', 'Only digits, spaces and + ( ) - are possible'],
  ['patients', 'emergencyContact.phone', 'unknown', 'Only digits, spaces and + ( ) - are possible'],
  ['patients', 'birthday', '2026-02-30', 'Not a real date; write it as YYYY-MM-DD'],
  ['medicalRecords', 'chiefComplaint', '', 'Please fill this in'],
  ['medicalRecords', 'diagnosis', '', undefined],
  ['users', 'displayName', 'Ada', undefined],
  ['patients', 'fromTheFuture', 'x', undefined],
])('%s.%s %j: %s', (collection, path, text, expected) => {
  expect(editIssue(collection, path, text, t)).toBe(expected);
});

it('looks at every field that may be written anew: what the store would not take is said while it is written', () => {
  const editable = declaredPolicies.flatMap((collection) => readableFields(collection).filter((path) => conflictField(collection, path).editable === true).map((path) => [collection, path] as const));
  const unlooked = editable.filter(([collection, path]) => editIssue(collection, path, 'x'.repeat(200_000), t) === undefined);
  expect(unlooked).toEqual([]);
  expect(new Set(editable.map(([collection]) => collection)).size).toBeGreaterThan(8);
});
