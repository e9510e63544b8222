import { expect, test } from 'vitest';
import { sharedSession } from './client.ts';

const sessions = () => {
  let said = 0;
  return sharedSession(() => Promise.resolve({ token: `token ${(said += 1)}`, epoch: 'e', scopeVersion: 1 }));
};

test('two replications that find their session ended say one hello, and neither ends the session of the other', async () => {
  const session = sessions();
  const [mine, yours] = await Promise.all([session(), session()]);
  expect(yours).toBe(mine);
  const [mineAgain, yoursAgain] = await Promise.all([session(mine), session(yours)]);
  expect([mineAgain.token, yoursAgain.token]).toEqual(['token 2', 'token 2']);
  expect((await session(mine)).token).toBe('token 2');
});

test('a hello that failed is said again by the next who asks', async () => {
  let line = false;
  const session = sharedSession(() => (line ? Promise.resolve({ token: 't', epoch: 'e', scopeVersion: 1 }) : Promise.reject(new Error('no line'))));
  await expect(session()).rejects.toThrow('no line');
  line = true;
  expect((await session()).token).toBe('t');
});
