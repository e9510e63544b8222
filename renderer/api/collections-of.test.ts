import { expect, test } from 'vitest';
import { pulledCollections } from '../../shared/sync/scope.ts';
import { collectionsOf } from './collections-of.ts';

test('a conflict is asked for again when the document changes that clashed, whichever it is', () => {
  expect(collectionsOf('conflicts.get')).toEqual(expect.arrayContaining(pulledCollections));
  expect(collectionsOf('conflicts.get')[0]).toBe('conflicts');
});
