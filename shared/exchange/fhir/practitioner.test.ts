import { expect, it } from 'vitest';
import { practitionerToFhir } from './practitioner.ts';

it('tells of an account who it is, and nothing of how it is entered', () => {
  const user = {
    id: 'u', rev: 'r', createdAt: '', updatedAt: '2026-02-03T04:05:06.000Z', updatedBy: 'u', deleted: false,
    username: 'dora', displayName: 'Dora Doctor', role: 'doctor', active: true, credential: { salt: 'c2FsdA==', publicKey: 'a2V5' },
  } as const;
  expect(practitionerToFhir(user)).toEqual({ resourceType: 'Practitioner', id: 'u', meta: { lastUpdated: user.updatedAt }, active: true, name: [{ text: 'Dora Doctor' }] });
});
