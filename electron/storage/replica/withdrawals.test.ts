import { expect, test } from 'vitest';
import { compartmentOf, rootCollections, rootFields } from '../../../shared/sync/scope.ts';
import { collections } from '../collections.ts';
import { toldCollections } from './documents.ts';
import { compartment } from './withdrawals.ts';

const columns = { patients: 'patient_id', referrals: 'referral_id', sharedCharts: 'shared_chart_id' } as const;

/** The root itself, and what may name it. */
const belonging = rootCollections.flatMap((root) =>
  toldCollections.flatMap((collection) => {
    if (collection !== root && !collections[collection].knownFields.includes(rootFields[root])) return [];
    const of = compartmentOf({ collection, id: collection === root ? 'root' : 'another', content: { [rootFields[root]]: 'root' } });
    if (of?.kind !== 'granted' || of.id !== 'root') return [];
    return [{ collection, column: collection === root ? ('id' as const) : columns[root] }];
  }));

test.each(belonging)('$collection goes by $column with a compartment that leaves', (belongs) => {
  expect(compartment).toContainEqual(belongs);
});

test('nothing else goes', () => {
  expect(compartment.filter(({ collection, column }) => !belonging.some((belongs) => belongs.collection === collection && belongs.column === column))).toEqual([]);
});
