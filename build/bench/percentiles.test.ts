import { expect, test } from 'vitest';
import { spread, timeBeside } from './percentiles.ts';

test('percentiles are times that were measured, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(spread(hundred)).toEqual({ p50: 50, p95: 95, p99: 99 });
  expect(spread([7])).toEqual({ p50: 7, p95: 7, p99: 7 });
});

test('both sides make every run, by turns, after a warm-up', async () => {
  const made: string[] = [];
  await timeBeside(3, { bare: (index) => made.push(`bare ${index}`), real: (index) => made.push(`real ${index}`) }, 1);
  expect(made).toEqual(['bare 2', 'real 2', 'bare 0', 'real 0', 'real 1', 'bare 1', 'bare 2', 'real 2']);
});
