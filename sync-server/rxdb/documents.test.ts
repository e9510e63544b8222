import { expect, test } from 'vitest';
import { collectionNames } from '../../shared/schema/collections.ts';
import { pulledCollections } from '../../shared/sync/scope.ts';
import { rxdbCollectionSchema } from './documents.ts';

test('a client may replicate what workstations are told, and nothing that stays on one: such rows would end in quarantine, answered like good ones', () => {
  const taken = collectionNames.filter((name) => rxdbCollectionSchema.safeParse(name).success);
  expect(new Set(taken)).toEqual(new Set(pulledCollections));
});
