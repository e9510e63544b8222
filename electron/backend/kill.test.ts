import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { seededRandom, type Random } from '../../shared/demo/random.ts';
import { newProfile } from '../services/testing/clinic.ts';
import { openConnection, type Connection } from '../storage/connection.ts';
import { environmentWith, systemClock } from '../storage/environment.ts';
import { listVersions } from '../storage/history.ts';
import { Store } from '../storage/store.ts';
import { findProblems } from './testing/find-problems.ts';
import type { Acknowledgment, Order } from './testing/saving-process.ts';

const kills = Number(process.env['KILLS'] ?? 50);
const lanes = 2;
/** Kills before a lane takes a fresh database: a check reads all of it. */
const killsPerDatabase = 25;

/** When to kill: so many acknowledgments after the order, and so long after that; none at all falls into the opening. */
interface Moment {
  acknowledgments: number;
  milliseconds: number;
}
const momentOf = (random: Random): Moment =>
  random.chance(0.1) ? { acknowledgments: 0, milliseconds: random.below(60) } : { acknowledgments: 1 + random.below(15), milliseconds: random.below(8) };

const root = fileURLToPath(new URL('../..', import.meta.url));
let bundle: string;

/** The process in one file: it starts in a third of the time, and the kills are of what is shipped. */
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-kill-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'electron/backend/testing/saving-process.ts'),
      outDir: join(folder, 'out'),
      rolldownOptions: { external: ['better-sqlite3', 'argon2'], output: { entryFileNames: 'saving.mjs' } },
    },
    ssr: { noExternal: true, external: ['better-sqlite3', 'argon2'] },
  });
  bundle = join(folder, 'out', 'saving.mjs');
  return () => rmSync(folder, { recursive: true, force: true });
});

/** A process that is loaded and waits for its order. */
const startProcess = (): ChildProcess => spawn(process.execPath, [bundle], { stdio: ['pipe', 'pipe', 'inherit'] });

/** Lets a process work until the moment, kills it, and answers what it had acknowledged. */
function workAndKill(child: ChildProcess, order: Order, moment: Moment): Promise<Acknowledgment[]> {
  return new Promise((resolve, reject) => {
    let output = '';
    let killing = false;
    const killWhenDue = () => {
      if (killing || output.split('\n').length - 1 < moment.acknowledgments) return;
      killing = true;
      setTimeout(() => child.kill('SIGKILL'), moment.milliseconds);
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      killWhenDue();
    });
    child.on('close', (code, signal) => {
      const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '');
      if (signal === 'SIGKILL') resolve(lines.map((line) => JSON.parse(line) as Acknowledgment));
      else reject(new Error(`The saving process ended by itself (${code}): ${lines.at(-1) ?? ''}`));
    });
    child.stdin?.write(JSON.stringify(order));
    killWhenDue();
  });
}

/** What was acknowledged and is not there, or not as it was. */
function missing(connection: Connection, acknowledged: Acknowledgment[]): string[] {
  const store = new Store(connection, environmentWith(systemClock));
  const newestDrafts = new Map(acknowledged.flatMap((entry) => (entry.kind === 'draft' ? [[entry.document.id, entry]] : [])));
  const goneDrafts = new Set(acknowledged.flatMap((entry) => (entry.kind === 'draft-goes' ? [entry.id] : [])));
  return acknowledged.flatMap((entry): string[] => {
    switch (entry.kind) {
      case 'failed':
        return [`${entry.name} failed: ${JSON.stringify(entry.error)}`];
      case 'import': {
        const present = connection.prepare("SELECT count(*) FROM patients WHERE content ->> '$.name' IN (SELECT value FROM json_each(?))").pluck();
        const found = present.get(JSON.stringify(entry.names));
        return found === entry.names.length ? [] : [`${String(found)} of ${entry.names.length} imported patients`];
      }
      case 'draft-goes':
        return [];
      case 'draft': {
        const { id, values } = entry.document;
        if (newestDrafts.get(id) !== entry) return [];
        const found = store.get('drafts', id);
        // Saved again, perhaps, after the last that was acknowledged.
        const present = found === undefined ? goneDrafts.has(id) : Number(found.values['count']) >= Number(values['count']);
        return present ? [] : [`draft ${id}`];
      }
      default: {
        const { id, rev, createdAt: _c, updatedAt: _u, updatedBy: _b, deleted: _d, ...content } = entry.document;
        const version = listVersions(connection, entry.kind, id).find((candidate) => candidate.rev === rev);
        return version && JSON.stringify(sorted(version.content)) === JSON.stringify(sorted(content)) ? [] : [`${entry.kind} ${id} at ${rev}`];
      }
    }
  });
}

const sorted = (content: object) => Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));

interface Tally {
  kills: number;
  acknowledged: number;
  byKind: Record<string, number>;
  problems: string[];
}

/** Works and kills in one profile after another, and checks the database after each kill. */
async function runLane(seed: number, count: number, profiles: () => Promise<{ profile: string; databaseKey: Uint8Array }>): Promise<Tally> {
  const random = seededRandom(seed);
  const tally: Tally = { kills: 0, acknowledged: 0, byKind: {}, problems: [] };
  let next = startProcess();
  let place = await profiles();
  let known: Acknowledgment[] = [];
  while (tally.kills < count && tally.problems.length === 0) {
    if (tally.kills % killsPerDatabase === 0) [place, known] = [await profiles(), []];
    const child = next;
    next = startProcess();
    const order = { profile: place.profile, databaseKey: Buffer.from(place.databaseKey).toString('hex'), seed: random.below(2 ** 31) };
    const acknowledged = await workAndKill(child, order, momentOf(random));
    known.push(...acknowledged);
    tally.kills += 1;
    tally.acknowledged += acknowledged.length;
    for (const { kind } of acknowledged) tally.byKind[kind] = (tally.byKind[kind] ?? 0) + 1;
    const connection = openConnection(join(place.profile, 'outpost.db'), place.databaseKey, { mustExist: true });
    // Everything acknowledged in this database so far, not only since the last kill: nothing may be lost later either.
    tally.problems.push(...findProblems(connection), ...missing(connection, known).map((what) => `lost: ${what}`));
    connection.close();
  }
  next.kill('SIGKILL');
  return tally;
}

const seed = Number(process.env['FUZZ_SEED'] ?? 1);

test(`${kills} kills of a saving backend lose nothing that was acknowledged and leave nothing half-done (FUZZ_SEED=${seed})`, { timeout: 600_000 }, async () => {
  const template = await newProfile();
  let copies = 0;
  const profiles = async () => {
    const profile = join(template.profile, `copy-${(copies += 1)}`);
    for (const file of ['outpost.db', 'keyring.json', 'keyring.json.bak']) cpSync(join(template.profile, file), join(profile, file));
    return { ...template, profile };
  };
  const tallies = await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(seed + lane, kills / lanes, profiles)));
  expect(tallies.flatMap(({ problems }) => problems)).toEqual([]);
  expect(tallies.reduce((sum, tally) => sum + tally.kills, 0)).toBe(kills);
  // Enough was saved in between for the kills to fall into saves of every kind.
  for (const kind of ['patients', 'medicalRecords', 'draft', 'import']) {
    expect(tallies.reduce((sum, { byKind }) => sum + (byKind[kind] ?? 0), 0)).toBeGreaterThan(kills / 10);
  }
});
