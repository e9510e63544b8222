import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { seededRandom } from '../../shared/demo/random.ts';
import { startServer, type RunningServer } from '../../sync-server/http/index.ts';
import { password, TestClock } from '../services/testing/clinic.ts';
import { run, type Caller, type RunningBackend } from './testing/running.ts';
import { inStep, newFolder, syncState, until } from './testing/two-workstations.ts';

// Profiles are made here and opened by password in processes of their own.
vi.unmock('argon2');

const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_302);
const kills = Number(process.env['KILLS'] ?? 12);
const script = fileURLToPath(new URL('testing/replicating-process.ts', import.meta.url));

interface Acknowledged {
  id: string;
  rev: string;
  name: string;
}

/** Lets a workstation save and replicate for so long, kills it, and answers what it had acknowledged. */
function workAndKill(profile: string, round: number, milliseconds: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [script, profile, password, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let output = '';
    let counting = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      // From the sign-in on: before it there is nothing to lose.
      if (!counting) setTimeout(() => child.kill('SIGKILL'), milliseconds);
      counting = true;
    });
    child.on('close', (_code, signal) => {
      const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '');
      if (signal === 'SIGKILL') resolve(lines.map((line) => JSON.parse(line) as Acknowledged));
      else reject(new Error('The workstation ended by itself'));
    });
  });
}

async function everyPatient(caller: Caller): Promise<Map<string, string>> {
  const { rows } = await caller.ask('patients.list', { offset: 0, limit: 500, sort: 'name', direction: 'ascending', filter: {} });
  return new Map(await Promise.all(rows.map(async ({ id }) => [id, (await caller.ask('patients.get', { id })).rev] as const)));
}

/** Joins a workstation, empty or with its clinic, and leaves it shut with its first copy complete. */
async function joinServer(server: RunningServer, organisationId: string, { backend, session }: RunningBackend, siteId?: string): Promise<void> {
  const { code } = await server.service.createCode({ organisationId, siteId });
  const joining = session('admin');
  await joining.ask('enrolment.join', { address: server.address, code, name: 'W' });
  await until(() => syncState(joining), ({ phase, waiting, needsCode }) => phase === 'idle' && waiting === 0 && needsCode !== true);
  await backend.close();
}

test(`nothing that was acknowledged is lost by ${kills} kills in the middle of pushes and pulls, and all are equal after (seed ${seed})`, { timeout: 60_000 + kills * 20_000 }, async () => {
  const random = seededRandom(seed);
  const database = { kind: 'sqlite' as const, path: join(mkdtempSync(join(tmpdir(), 'outpost-server-')), 'server.db') };
  let server = await startServer({ database, host: '127.0.0.1', port: 0 });
  const { port } = server;
  const { organisationId } = await server.service.createOrganisation('Test Group');
  const first = await run();
  const admin = await first.signedIn('admin');
  const { id: siteId } = await admin.ask('sites.current', {});
  await joinServer(server, organisationId, first);
  const second = await run({ profile: newFolder() });
  await joinServer(server, organisationId, second, siteId);

  const acknowledged: Acknowledged[] = [];
  for (let round = 0; round < kills; round += 2) {
    const both = [first, second].map(({ profile }, index) => workAndKill(profile, round + index, 200 + random.below(1500)));
    // Now and then the server goes too, and comes back.
    if (random.chance(0.4)) {
      await new Promise((resolve) => setTimeout(resolve, random.below(800)));
      await server.close();
      server = await startServer({ database, host: '127.0.0.1', port });
    }
    acknowledged.push(...(await Promise.all(both)).flat());
  }

  const [one, two] = await Promise.all([first, second].map(async ({ profile }) => {
    const caller = await (await run({ profile, clock: new TestClock(new Date().toISOString()) })).signedIn('doctor');
    await inStep(caller);
    return caller;
  })) as [Caller, Caller];
  await inStep(one);
  await inStep(two);
  expect(acknowledged.length).toBeGreaterThan(kills);
  expect(await everyPatient(two)).toEqual(await everyPatient(one));
  const lost: Acknowledged[] = [];
  for (const saved of acknowledged) {
    const versions = (await Promise.all([one, two].map((caller) => caller.ask('patients.history', { id: saved.id })))).flat();
    if (!versions.some(({ rev }) => rev === saved.rev)) lost.push(saved);
  }
  expect(lost).toEqual([]);
  await server.close();
});
