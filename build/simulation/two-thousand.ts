import { expect, test } from 'vitest';
import { simulate } from '../../shared/sync/simulator/simulate.ts';
import type { Size } from '../../shared/sync/simulator/history.ts';
import { sqliteParts } from './sqlite-parts.ts';

/** The same histories in every run: other ones would find more, and would fail for people who changed nothing. */
export function holdsFor(seed: number, histories: number, size: Size): void {
  test(`nothing is lost, everybody converges: ${histories} ${size} histories on SQLite from seed ${seed}`, { timeout: 1_800_000 }, async () => {
    const failure = await simulate({ seed, histories, size, parts: sqliteParts });
    expect(failure && `seed ${failure.seed}: ${failure.violation.message}\n${JSON.stringify(failure.shrunk)}`).toBeUndefined();
  });
}
