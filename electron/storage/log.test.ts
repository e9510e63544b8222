import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ZodError } from 'zod';
import { AppException } from '../../shared/errors.ts';
import { patientInputSchema } from '../../shared/schema/patient.ts';
import { openLog } from './log.ts';

const clock = { now: () => new Date('2026-01-31T08:00:00Z') };
const planted = '王小明';
/** A name that could be a file's. */
const latin = 'Wang-Xiaoming';
let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-log-'));
});
afterEach(() => rmSync(profile, { recursive: true }));

const lines = () => readFileSync(join(profile, 'logs', 'outpost.log'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);

test('an error is kept as its name, code and frames', () => {
  const log = openLog(profile, clock);
  log.error('call-failed', Object.assign(new TypeError(`cannot read ${planted}`), { code: 'ERR_BAD' }), { milliseconds: 12 });
  expect(lines()).toEqual([
    {
      at: '2026-01-31T08:00:00.000Z', event: 'call-failed', error: 'TypeError', code: 'ERR_BAD', milliseconds: 12,
      frames: expect.arrayContaining([expect.stringMatching(/^storage\/log\.test\.ts:\d+:\d+$/)]) as unknown,
    },
  ]);
});

test('a coded error keeps its code, and its cause', () => {
  const error = new AppException({ code: 'disk-full' });
  error.cause = Object.assign(new Error(planted), { code: 'ENOSPC' });
  openLog(profile, clock).error('save-failed', error);
  expect(lines()).toEqual([expect.objectContaining({ code: 'disk-full', cause: expect.objectContaining({ code: 'ENOSPC' }) as unknown })]);
});

test('nothing that was typed gets in, whichever way it is thrown', () => {
  const log = openLog(profile, clock);
  const forged = `x\n    at ${planted} (file.ts:1:2)\n    at ok (${planted}.ts:1:2)\n    at a (b/${planted}/file.ts:3:4)\n    at b (${latin}.ts:5:6)`;
  const changed = new Error(forged);
  changed.message = 'changed afterwards';
  const named = new Error('x');
  named.name = planted;
  const sql = (() => {
    try {
      return new Database(':memory:').exec(`SELECT '${planted}`);
    } catch (error) {
      return error;
    }
  })();
  const parsed = patientInputSchema.safeParse({ name: planted, [planted]: 1 }).error;
  expect(parsed).toBeInstanceOf(ZodError);
  const thrown = [
    new Error(planted), new Error(forged), changed, named, sql, parsed, planted, { message: planted }, [planted], null,
    Object.assign(new Error('x'), { code: planted }), new Error('x', { cause: new Error(planted) }),
    new AggregateError([new Error(planted)], planted),
  ];
  for (const error of thrown) log.error('call-failed', error);
  expect(lines()).toHaveLength(thrown.length);
  for (const name of readdirSync(join(profile, 'logs'))) {
    const text = readFileSync(join(profile, 'logs', name), 'utf8');
    expect(text).not.toContain(planted);
    expect(text).not.toContain(latin);
    expect(text).not.toContain(profile);
  }
});

test('it keeps a few files of limited size', () => {
  const log = openLog(profile, clock, { maxBytes: 500, files: 3 });
  for (let n = 0; n < 100; n += 1) log.event('something', { n });
  const names = readdirSync(join(profile, 'logs')).sort();
  expect(names).toEqual(['outpost.1.log', 'outpost.2.log', 'outpost.log']);
  for (const name of names) expect(statSync(join(profile, 'logs', name)).size).toBeLessThan(600);
  expect(lines().at(-1)).toMatchObject({ n: 99 });
});

test('a folder that takes no writes stops nobody', () => {
  writeFileSync(join(profile, 'logs'), 'in the way');
  openLog(profile, clock).event('something');
  expect(existsSync(join(profile, 'logs', 'outpost.log'))).toBe(false);
});
