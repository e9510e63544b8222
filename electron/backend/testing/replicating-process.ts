import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallInput, CallName, CallOutput } from '../../../shared/contract/index.ts';
import { seededRandom } from '../../../shared/demo/random.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { startBackend } from '../index.ts';

/** A workstation that signs in, replicates and saves until it is killed: `node replicating-process.ts <profile> <password> <seed>`. Says of each save what was acknowledged. */
const [profile = '', password = '', seed = '1'] = process.argv.slice(2);
const random = seededRandom(Number(seed));
// Who is killed leaves no cache to the next.
flushCompileCache();
const backend = await startBackend({ profile, version: 'test', host: 'web' });

async function ask<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  const answer = await backend.call('only', name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer.value as CallOutput<Name>;
}

await ask('sessions.signIn', { username: 'doctor', password });
const tell = ({ id, rev, name }: Patient) => writeSync(1, `${JSON.stringify({ id, rev, name })}\n`);
writeSync(1, '\n');

for (let count = 0; ; count += 1) {
  const name = `S${seed}N${count}`;
  const { rows } = await ask('patients.list', { offset: 0, limit: 20, sort: 'updatedAt', direction: 'descending', filter: {} });
  const chosen = rows.length > 0 && random.chance(0.6) ? random.pick(rows as [(typeof rows)[number]]) : undefined;
  if (chosen === undefined) tell(await ask('patients.create', { patient: { name, gender: 'female' } }));
  else {
    const { rev, phone } = await ask('patients.get', { id: chosen.id });
    const answer = await backend.call('only', 'patients.update', { id: chosen.id, rev, patient: { name, gender: 'female', ...(phone !== undefined && { phone }) } });
    // What arrived in between was written over it: nothing was saved, and nothing said so.
    if (answer.ok) tell(answer.value as Patient);
  }
  await pause(random.below(30));
}
