import { expect, test } from 'vitest';
import { replicatedCollections } from '../scope.ts';
import { validateContent } from '../validate.ts';
import type { Desk } from './desk.ts';
import { act } from './people.ts';
import { Random } from './random.ts';
import type { Held } from './stores.ts';

test('people write in every collection that replicates, and what the server would take, but for what a fault has made', () => {
  const written = new Set<string>();
  const refused = new Set<string>();
  let ids = 0;
  const newId = () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`;
  const siteIds = [newId(), newId(), newId()];
  for (let liked = 0; liked < 64; liked += 1) {
    const documents: Held[] = [];
    const desk: Desk = {
      random: new Random(liked), liked, correspondence: liked % 8 === 3 ? 30 : 0, siteIds, siteId: siteIds[0] as string, deviceId: newId(), version: 2,
      at: '2026-01-01T00:00:00.000Z', newId, newWord: () => `w${String((ids += 1))}`, documents,
    };
    for (let action = 0; action < 400; action += 1) {
      for (const { collection, id, content, deleted = false } of act(desk)?.changes ?? []) {
        written.add(collection);
        if (validateContent({ collection, content }) !== undefined) refused.add(collection);
        const at = documents.findIndex((one) => one.collection === collection && one.id === id);
        documents.splice(at < 0 ? documents.length : at, at < 0 ? 0 : 1, { collection, id, rev: newId(), content, deleted } as Held);
      }
    }
  }
  // A conflict is found by a merge.
  expect(replicatedCollections.filter((collection) => !written.has(collection))).toEqual(['conflicts']);
  expect([...refused].sort()).toEqual(['patients']);
});
