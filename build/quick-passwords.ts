import type argon2 from 'argon2';
import { vi } from 'vitest';

/**
 * argon2id at its least: at full strength a password takes a third of a second of a processor, and the tests ask for more than a thousand. What
 * tests the strength, or hands a profile to a process of its own, says `vi.unmock('argon2')`.
 */
vi.mock('argon2', async (importOriginal) => {
  const { default: real } = await importOriginal<{ default: typeof argon2 }>();
  const hash = (password: string | Buffer, options?: object) => real.hash(password, { ...options, memoryCost: 1024, timeCost: 2 });
  return { default: { ...real, hash } };
});
