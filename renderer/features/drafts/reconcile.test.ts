import { expect, it } from 'vitest';
import { changedMeanwhile, reconcile } from './reconcile.ts';

const base = { a: '1', b: '1', c: '1', d: '1' };
const mine = { a: 'mine', b: 'mine', c: '1', d: 'both' };
const theirs = { a: '1', b: 'theirs', c: 'theirs', d: 'both' };

it('lists what the other side changed, and where both did', () => {
  expect(changedMeanwhile(base, mine, theirs)).toEqual([
    { field: 'b', base: '1', mine: 'mine', theirs: 'theirs', conflict: true },
    { field: 'c', base: '1', mine: '1', theirs: 'theirs', conflict: false },
  ]);
});

it('keeps what was typed, takes what only the other side changed, and follows the choices', () => {
  const changed = changedMeanwhile(base, mine, theirs);
  expect(reconcile(mine, changed, {})).toEqual({ a: 'mine', b: 'mine', c: 'theirs', d: 'both' });
  expect(reconcile(mine, changed, { b: 'theirs', c: 'mine' })).toEqual({ a: 'mine', b: 'theirs', c: '1', d: 'both' });
});
