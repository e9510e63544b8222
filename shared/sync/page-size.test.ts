import { expect, test } from 'vitest';
import { PageSize, PageSizes } from './page-size.ts';

const target = { linkMilliseconds: 1000, applyMilliseconds: 25 };
const limit = 4 * 1024 * 1024;
const newSize = () => new PageSize(() => target);

/** A link and a store of so many bytes a millisecond; answers what is asked for once it has found its measure. */
function settledAt(linkSpeed: number, applySpeed: number, roundTrip = 0): number {
  const size = newSize();
  size.answered(3 * roundTrip);
  size.answered(roundTrip);
  for (let page = 0; page < 40; page += 1) {
    const bytes = size.ask(limit);
    size.came(bytes, roundTrip + bytes / linkSpeed);
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

test('a far server is no narrow line: a page takes some round trips, and comes before the link is given up', () => {
  expect(settledAt(16, 1e6, 2000) / 16).toBeGreaterThan(6000);
  expect(settledAt(16, 1e6, 2000) / 16).toBeLessThan(9000);
  expect(settledAt(16, 1e6, 8000) / 16).toBeLessThan(12_000);
});

test('a slow store gets less, however fast the link is', () => {
  expect(settledAt(1e6, 4000)).toBeLessThanOrEqual(4000 * 25 * 2);
});

test('a page that was not filled says nothing of a longer one', () => {
  const size = newSize();
  const before = size.ask(limit);
  size.came(10, 1);
  size.applied(10, 1);
  expect(size.ask(limit)).toBe(before);
});

test('a page that was cut off asks for half, and one that did not come in time for a quarter', () => {
  const size = newSize();
  size.applied(size.ask(limit), 1);
  const before = size.ask(limit);
  size.failed(false);
  expect(size.ask(limit)).toBe(before / 2);
  size.failed(true);
  expect(size.ask(limit)).toBe(before / 8);
});

test('a push is as long as the line bears, whatever a page that is applied here may take, and never longer than was allowed', () => {
  const sizes = new PageSizes(() => target);
  sizes.applied(sizes.ask(limit), 10_000);
  const before = sizes.send(limit);
  expect(before).toBeGreaterThan(sizes.ask(limit));
  sizes.failed('push', false);
  expect(sizes.send(limit)).toBeLessThan(before);
  expect(sizes.send(1)).toBe(1);
});

test('the round trip is that of this session', () => {
  const sizes = new PageSizes(() => target);
  const answered = { bytes: 1, sentBytes: 1 };
  sizes.answered('hello', answered, 10);
  sizes.answered('hello', answered, 2000);
  const asked = sizes.send(limit);
  sizes.answered('push', { bytes: 1, sentBytes: asked }, 3000);
  expect(sizes.send(limit)).toBeGreaterThan(asked);
});
