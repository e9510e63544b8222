import { mkdtempSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { seededRandom } from '../../shared/demo/random.ts';
import type { ChangeSet } from '../../shared/sync/protocol.ts';
import { differingBuckets } from '../../shared/sync/digest.ts';
import { ServerLink } from '../../sync-server/client/server-link.ts';
import { startServer } from '../../sync-server/http/index.ts';
import { sendTo } from '../../sync-server/testing/http.ts';
import { patient, TestWorkstation } from '../../sync-server/testing/workstation.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import { openStore } from '../storage/testing/clinic.ts';
import { TestClock } from '../services/testing/clinic.ts';
import { run, type Caller } from './testing/running.ts';
import { openSlowLine, type SlowLine } from './testing/slow-line.ts';
import { syncState, until } from './testing/two-workstations.ts';

const writes = Number(process.env['WRITES'] ?? 20_000);
const seed = Number(process.env['SEED'] ?? 1);
const toPull = Math.ceil(writes / 20);
/** The round trip is two seconds. */
const badLine = { bitsPerSecond: 64_000, delayMilliseconds: 1000, loss: 0.02, retransmissionMilliseconds: 3000 };

/** A page that was sent or asked for, and how many cuts there had been when it began and when it ended. */
interface Page {
  path: string;
  ids: string[];
  answered: boolean;
  began: number;
  ended: number;
}

/** Looks at what goes through the workstation's connection, and changes nothing of it. */
function watchPages(line: SlowLine): Page[] {
  const pages: Page[] = [];
  const { post } = ServerLink.prototype;
  vi.spyOn(ServerLink.prototype, 'post').mockImplementation(async function (this: ServerLink, ...message) {
    const [path, , body] = message;
    // In an hour the audit is written to besides, and nobody else is told of that.
    const told = path === 'push' ? (body as { changeSets: ChangeSet[] }).changeSets.filter(({ documents }) => documents.some(({ collection }) => collection !== 'auditEntries')) : [];
    const ids = told.map(({ id }) => id);
    // One that begins into a cut is lost to it, too.
    const page: Page = { path, ids, answered: false, began: line.isCut ? line.cuts - 1 : line.cuts, ended: line.cuts };
    if (['push', 'pull', 'snapshot'].includes(path)) pages.push(page);
    try {
      const answer = await post.apply(this, message);
      page.answered = true;
      return answer;
    } finally {
      page.ended = line.cuts;
    }
  });
  onTestFinished(() => void vi.restoreAllMocks());
  return pages;
}

async function cutNowAndThen(line: SlowLine, ended: AbortSignal): Promise<void> {
  const random = seededRandom(seed + 1);
  while (!ended.aborted) {
    await pause(5000 + random.below(50_000), undefined, { signal: ended }).catch(() => undefined);
    if (!ended.aborted) await line.cut(500 + random.below(5000));
  }
}

/** What another workstation saves meanwhile, on a good line. */
async function saveElsewhere(ward: TestWorkstation): Promise<void> {
  for (let saved = 0; saved < toPull; saved += 10) {
    const changeSets = Array.from({ length: Math.min(10, toPull - saved) }, (_, index) => ward.changeSet(patient({ name: `病区${saved + index}` })));
    await ward.push(...changeSets);
    await pause(1000);
  }
}

/** A hundred a second: far more than the line carries, and there is time in between for everything else. */
async function saveHere(doctor: Caller): Promise<void> {
  for (let count = 0; count < writes; count += 1) {
    await pause(count % 100 === 99 ? 1000 : 0);
    // Somebody sits there: a screen that nobody touches locks.
    if (count % 100 === 0) await doctor.ask('sessions.touch', {});
    await doctor.ask('patients.create', { patient: { name: `门诊${count}`, gender: 'female', phone: `138${String(count).padStart(8, '0')}` } });
  }
}

async function joined(caller: Caller, address: string, code: string): Promise<void> {
  await caller.ask('enrolment.join', { address, code, name: 'Far away' });
  await until(() => syncState(caller), ({ phase, waiting, needsCode }) => phase === 'idle' && waiting === 0 && needsCode !== true);
}

const title = `${writes} saves get through 64 kbit/s, 1 s each way, 2 % loss and cuts, and no more than one page is done again after a cut (seed ${seed})`;

test(title, { timeout: 3 * 3_600_000 }, async () => {
  const server = await startServer({ database: { kind: 'sqlite', path: join(mkdtempSync(join(tmpdir(), 'outpost-server-')), 'server.db') }, host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const line = await openSlowLine({ farPort: server.port, ...badLine, random: seededRandom(seed) });
  const pages = watchPages(line);
  const { organisationId } = await server.service.createOrganisation('Test Group');
  const here = await run({ clock: new TestClock(new Date().toISOString()) });
  const doctor = await here.signedIn('doctor');
  const admin = await here.signedIn('admin');
  const { id: siteId } = await admin.ask('sites.current', {});
  await joined(admin, `http://127.0.0.1:${line.port}`, (await server.service.createCode({ organisationId })).code);
  const ward = await TestWorkstation.enrol(sendTo(() => server.address), (await server.service.createCode({ organisationId, siteId })).code);
  // A session that nobody touches locks, and that is written down and sent.
  await admin.ask('sessions.signOut', {});
  await until(() => syncState(doctor), ({ phase, waiting }) => phase === 'idle' && waiting === 0);
  await ward.hello();
  await ward.pull();
  pages.length = 0;

  const began = performance.now();
  const [ended, before] = [new AbortController(), { ...line.bytes }];
  const cutting = cutNowAndThen(line, ended.signal);
  await Promise.all([saveHere(doctor), saveElsewhere(ward)]);
  const everything = async () => (await doctor.ask('patients.list', { offset: 0, limit: 1, sort: 'name', direction: 'ascending', filter: {} })).total;
  for (;;) {
    await doctor.ask('sessions.touch', {});
    const { phase, waiting } = await syncState(doctor);
    if (phase === 'idle' && waiting === 0 && (await everything()) === writes + toPull) break;
    await pause(1000);
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  ended.abort();
  await cutting;
  await here.backend.close();
  await line.close();

  const lost = pages.filter(({ answered }) => !answered);
  const bytes = { up: line.bytes.up - before.up, down: line.bytes.down - before.down };
  // What the same bytes would take on a line that is never cut and never idle.
  const bareSeconds = Math.round((Math.max(bytes.up, bytes.down) * 8) / badLine.bitsPerSecond);
  writeSync(2, `${JSON.stringify({ writes, toPull, seed, seconds, bareSeconds, cuts: line.cuts, bytes, pages: pages.length, pagesRedone: lost.length, changeSetsRedone: lost.reduce((sum, { ids }) => sum + ids.length, 0) })}\n`);

  // On a busy machine its session ended an hour ago.
  await ward.hello();
  const arrived = (await ward.pull()).map(({ id }) => id);
  const sent = pages.flatMap(({ ids }) => ids);
  expect(new Set(sent).size).toBe(writes);
  expect(arrived.length).toBe(writes + toPull);
  const known = new Set(arrived);
  expect(known.size).toBe(arrived.length);
  expect(sent.filter((id) => !known.has(id))).toEqual([]);

  const store = openStore(here.profile, here.databaseKey, here.clock);
  const ours = new StoreReplica(store).digests();
  store.close();
  expect(Object.keys(ours)).toContain('patients');
  expect(differingBuckets(ours, (await ward.ask('digests')).digests)).toEqual([]);

  expect(line.cuts).toBeGreaterThan(0);
  // A page is lost to a cut and to nothing else, such as a patience too short for the line.
  expect(lost.filter(({ began: from, ended: to }) => from === to)).toEqual([]);
  for (let cut = 0; cut < line.cuts; cut += 1) expect(lost.filter((page) => page.began === cut).length).toBeLessThanOrEqual(1);
  // And only what was in a lost page is sent once more.
  const timesLost = countOf(lost.flatMap(({ ids }) => ids));
  for (const [id, times] of countOf(sent)) expect(times).toBeLessThanOrEqual(1 + (timesLost.get(id) ?? 0));
});

function countOf(ids: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
