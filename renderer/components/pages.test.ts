import { expect, test } from 'vitest';
import { pagesInSight, pagesNear, reachableRows, rowAt } from './pages.ts';

test('pages that hold the rows in sight', () => {
  expect(pagesInSight(0, 30, 100)).toEqual([0]);
  expect(pagesInSight(95, 105, 100)).toEqual([0, 100]);
  expect(pagesInSight(100, 199, 100)).toEqual([100]);
  expect(pagesInSight(0, -1, 100)).toEqual([0]);
});

test('a page is asked for while it is half a page away, and never one that is not there', () => {
  const of = (count: number) => ({ count, pageSize: 100 });
  expect(pagesNear(0, 30, of(1000))).toEqual([0]);
  expect(pagesNear(20, 50, of(1000))).toEqual([0, 100]);
  expect(pagesNear(140, 170, of(1000))).toEqual([0, 100, 200]);
  expect(pagesNear(170, 199, of(200))).toEqual([100]);
  expect(pagesNear(0, 0, of(0))).toEqual([0]);
});

test('a row comes out of its page, and is awaited until its page is there', () => {
  const pages = new Map([[100, { rows: ['a', 'b'], total: 102 }]]);
  expect(rowAt(pages, 101, 100)).toBe('b');
  expect(rowAt(pages, 99, 100)).toBeUndefined();
});

test('a list never grows taller than a browser can lay out', () => {
  expect(reachableRows(100_000, 36)).toBe(100_000);
  expect(reachableRows(5_000_000, 36) * 36).toBeLessThan(2 ** 25);
});
