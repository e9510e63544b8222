import { expect, test } from 'vitest';
import { PageSize } from './page-size.ts';

const target = { linkMilliseconds: 1000, applyMilliseconds: 25 };
const limit = 4 * 1024 * 1024;
const newSize = () => new PageSize(() => target);

/** A link and a store of so many bytes a millisecond; answers what is asked for once it has found its measure. */
function settledAt(linkSpeed: number, applySpeed: number): number {
  const size = newSize();
  for (let page = 0; page < 40; page += 1) {
    const bytes = size.ask(limit);
    size.came(bytes, bytes / linkSpeed);
    size.applied(bytes, bytes / applySpeed);
  }
  return size.ask(limit);
}

test('a slow link gets pages that take about as long as they may', () => {
  const asked = settledAt(64, 1e6);
  expect(asked / 64).toBeGreaterThan(500);
  expect(asked / 64).toBeLessThan(2000);
});

test('a link of 64 kbit/s gets the smallest page, and a fast one with a fast store as much as the server gives', () => {
  expect(settledAt(8, 1e6)).toBe(16 * 1024);
  expect(settledAt(1e6, 1e6)).toBe(limit);
});

test('a slow store gets less, however fast the link is', () => {
  expect(settledAt(1e6, 4000)).toBeLessThanOrEqual(4000 * 25 * 2);
});

test('a page that was not filled says nothing of a longer one, and one that did not come asks for less', () => {
  const size = newSize();
  const before = size.ask(limit);
  size.came(10, 1);
  size.applied(10, 1);
  expect(size.ask(limit)).toBe(before);
  size.failed();
  expect(size.ask(limit)).toBeLessThan(before);
});
