import { afterEach, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../http/index.ts';
import { onEachDatabase } from '../databases.ts';
import { attack, compareAnswers, prepareGround, standing } from '../isolation.ts';
import { compareTwins, prepareTwins } from '../twins.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 700);

onEachDatabase(`isolation, seed ${seed}`, (make) => {
  let server: RunningServer | undefined;
  afterEach(() => server?.close());

  it(`shows nothing foreign and breaks at nothing in ${requests} forged requests`, async () => {
    const unlimited = { perToken: 1e9, perAddress: 1e9, guessesPerAddress: 1e9 };
    server = await startServer({ database: await make(), host: '127.0.0.1', port: 0, pollMilliseconds: 0, rateLimits: unlimited });
    const ground = await prepareGround(server);
    const before = await standing(ground);
    expect(await compareAnswers(ground)).toEqual([]);
    const findings = await attack(ground, { seed, requests });
    expect(findings.leaks).toEqual([]);
    // An attack that is turned away at the door tests nothing.
    expect(findings.answered).toBeGreaterThan(requests / 10);
    expect(await standing(ground)).toEqual(before);
    expect(before.size).toBe(ground.foreign.length);
  }, 3_600_000);

  it(`answers byte by byte alike whether a guessed id is somebody's or nobody's, in ${requests} forged requests`, async () => {
    const ground = await prepareTwins(make, seed);
    try {
      const { answered, difference } = await compareTwins(ground, { seed, requests });
      expect(difference).toBeUndefined();
      expect(answered).toBeGreaterThan(requests / 10);
    } finally {
      for (const twin of ground.twins) await twin.close();
    }
  }, 3_600_000);
});
