import { describe, expect, test } from 'vitest';
import { historyFrom } from './history.ts';
import { memoryParts } from './memory-parts.ts';
import { plantedBugs } from './planted-bugs.ts';
import { run, shrink, simulate } from './simulate.ts';
import type { Parts } from './stores.ts';

/** Another stretch of histories in every run of the tests would find more, and would fail for people who changed nothing. */
const seed = 1_000_000;

test('nothing is lost, everybody converges: 1,000 histories in memory', { timeout: 300_000 }, async () => {
  const failure = await simulate({ seed, histories: 1000, parts: memoryParts });
  expect(failure && `seed ${failure.seed}: ${failure.violation.message}`).toBeUndefined();
});

describe('a history', () => {
  test('goes the same way from the same seed, and another from another', async () => {
    const hashes = [];
    for (const from of [7, 7, 8]) hashes.push((await run(historyFrom(from), memoryParts, true)).traceHash);
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  test('has three to eight workstations, and everything that can happen happens in one or the other', () => {
    const histories = Array.from({ length: 300 }, (_, index) => historyFrom(index));
    expect(Math.min(...histories.map(({ workstations }) => workstations))).toBe(3);
    expect(Math.max(...histories.map(({ workstations }) => workstations))).toBe(8);
    const kinds = new Set(histories.flatMap(({ steps }) => steps.map(({ kind }) => kind)));
    expect(kinds.size).toBe(17);
  });

  test('that fails is shrunk to a few steps, all of which it needs', { timeout: 120_000 }, async () => {
    const parts = plantedBugs['sent means done'] as Parts;
    const failure = await simulate({ seed: 1, histories: 500, parts });
    expect(failure?.violation.rule).toBe('write-lost');
    const { shrunk, violation } = failure as NonNullable<typeof failure>;
    expect(shrunk.steps.length).toBeLessThan(12);
    expect((await run(shrunk, parts)).violation?.rule).toBe('write-lost');
    expect(await shrink(shrunk, violation, parts)).toEqual(shrunk);
    expect((await run(shrunk, memoryParts)).violation).toBeUndefined();
  });
});
