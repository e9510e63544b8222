import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { password, patientInput } from '../services/testing/clinic.ts';
import { TestClock } from '../services/testing/clinic.ts';
import { run, type Caller, type RunningBackend } from './testing/running.ts';

/** Waits until something is so; the clock of the machine is the real one here, since a real server and sockets are at work. */
async function until<Value>(read: () => Promise<Value>, is: (value: Value) => boolean): Promise<Value> {
  for (let tries = 0; tries < 600; tries += 1) {
    const value = await read();
    if (is(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not become so: ${JSON.stringify(await read())}`);
}

const stateOf = (caller: Caller) => caller.ask('sync.state', {});
const inStep = (caller: Caller) => until(() => stateOf(caller), ({ phase, waiting }) => phase === 'idle' && waiting === 0);

async function hubAndSecond(): Promise<{ first: RunningBackend; admin: Caller; second: RunningBackend; other: Caller; address: string }> {
  const clock = () => new TestClock(new Date().toISOString());
  const first = await run({ clock: clock() });
  const admin = await first.signedIn('admin');
  const hub = await admin.ask('hub.start', { port: 0 });
  await inStep(admin);
  const { code } = await admin.ask('fleet.createCode', { siteId: (await admin.ask('sites.current', {})).id });
  const second = await run({ profile: mkdtempSync(join(tmpdir(), 'outpost-second-')), clock: clock() });
  const address = `https://127.0.0.1:${hub.port}`;
  const nobody = second.session('nobody');
  const found = await nobody.ask('enrolment.find', { address });
  expect(found.fingerprint).toBe(hub.fingerprint);
  await nobody.ask('enrolment.join', { address, code, fingerprint: found.fingerprint!, name: 'Second' });
  await until(() => stateOf(nobody), ({ phase, needsCode }) => phase === 'idle' && needsCode !== true);
  const other = await second.signedIn('doctor');
  return { first, admin, second, other, address };
}

test('a second workstation joins the first, and its people sign in with the passwords they have', async () => {
  const { admin, other, second } = await hubAndSecond();
  const patient = await admin.ask('patients.create', { patient: patientInput });
  await until(() => other.result('patients.get', { id: patient.id }), ({ ok }) => ok);
  const { medicalRecordNumber } = await other.ask('patients.create', { patient: { ...patientInput, name: '李四' } });
  expect(medicalRecordNumber).toMatch(/^02-/);
  await inStep(other);
  await until(() => admin.ask('patients.search', { query: '李四' }), (found) => found.length === 1);
  const fleet = await admin.ask('fleet.list', {});
  expect(fleet.workstations.map(({ name, self, unsent, behind }) => ({ name, self, unsent, behind }))).toContainEqual({ name: 'Second', self: false, unsent: 0, behind: expect.any(Number) as number });
  expect(second.events.some(({ type }) => type === 'sync')).toBe(true);
  expect(await second.session('x').result('sessions.signIn', { username: 'admin', password })).toMatchObject({ ok: true });
});
