import type fastCheck from 'fast-check';
import { vi } from 'vitest';

/** The same examples in every run, or those of another seed: a run that fails by the luck of its draw fails for people who changed nothing. */
vi.mock('fast-check', async (importOriginal) => {
  const original = await importOriginal<{ default: typeof fastCheck }>();
  original.default.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 1) });
  return original;
});
