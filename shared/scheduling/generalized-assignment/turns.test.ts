import { expect, it } from 'vitest';
import type { Run } from '../run.ts';
import { takeTurns } from './turns.ts';

it('lets each search begin, then the one that gains most, and after it has run dry all of them', () => {
  let [now, cost] = [0, 100];
  const order: string[] = [];
  const search = (name: string, gains: number[]) => (seconds: number) => {
    order.push(name);
    now += seconds;
    cost -= gains.shift() ?? 0;
  };
  const run = { elapsed: () => now, seconds: 20, cancelled: () => false } as Run;
  takeTurns([search('idle', []), search('slow', [1, 1]), search('quick', [9, 9, 9, 9])], run, { seconds: 1, cost: () => cost, done: () => false });
  expect(order.slice(0, 3)).toEqual(['idle', 'slow', 'quick']);
  expect(order.slice(4, 7)).toEqual(['quick', 'quick', 'quick']);
  expect(cost).toBe(62);
  for (const name of ['idle', 'slow', 'quick']) expect(order.slice(8)).toContain(name);
  expect(now).toBeLessThanOrEqual(20);
});
