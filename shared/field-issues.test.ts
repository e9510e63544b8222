import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldIssues } from './field-issues.ts';
import { patientInputSchema } from './schema/patient.ts';

const issuesOf = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : fieldIssues(parsed.error);
};

test('each complaint names its field by a dotted path and a code of ours', () => {
  const input = { name: ' ', gender: 'x', emergencyContact: { phone: 'call me' }, notes: 'n'.repeat(10_001) };
  expect(issuesOf(patientInputSchema, input)).toEqual([
    { path: 'name', code: 'required', params: { limit: 1 } },
    { path: 'gender', code: 'required' },
    { path: 'emergencyContact.phone', code: 'invalid-phone' },
    { path: 'notes', code: 'too-long', params: { limit: 10_000 } },
  ]);
});

test('a schema without codes still answers codes', () => {
  const schema = z.strictObject({ id: z.uuid(), query: z.string().max(3), offset: z.int().min(0), flag: z.boolean(), rest: z.string() });
  expect(issuesOf(schema, { id: 'no', query: 'four', offset: -1, flag: 'yes' })).toEqual([
    { path: 'id', code: 'invalid' },
    { path: 'query', code: 'too-long', params: { limit: 3 } },
    { path: 'offset', code: 'out-of-range', params: { limit: 0 } },
    { path: 'flag', code: 'invalid' },
    { path: 'rest', code: 'required' },
  ]);
});

test('what was typed is never quoted, not even as the name of a field that does not exist', () => {
  const said = JSON.stringify(issuesOf(patientInputSchema, { name: 'ok', gender: 'male', 王小明: 'secret', nationalId: '110101secret' }));
  expect(said).not.toMatch(/王小明|secret/);
});
