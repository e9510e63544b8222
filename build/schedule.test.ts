import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'outpost-schedule-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command on a file of this content and answers what it printed. */
function schedule(content: string | Uint8Array, ...more: string[]) {
  const file = join(folder, 'instances');
  writeFileSync(file, content);
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(new URL('schedule.ts', import.meta.url)), file, '--json', ...more], { encoding: 'utf8' });
  return { lines: stdout.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>), stderr, status };
}
const instance = '{"name":"two","capacity":10,"weights":[6,5,4],"beside":{"unknown":true}}';

it('prints one line per instance, compressed or not, whatever else the instance says', () => {
  for (const content of [instance, gzipSync(instance)]) {
    const { lines, status } = schedule(content);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ name: 'two', value: 2, bound: 2, status: 'optimal', checker: 'agrees' });
    expect(lines[0]?.['solution']).toHaveLength(3);
    expect(lines[0]?.['seconds']).toBeTypeOf('number');
    expect(status).toBe(0);
  }
});

it('says which line or field is wrong and solves the others', () => {
  const { lines, status } = schedule([instance, '{"capacity":10,"weights":[1,NaN]}', '{"capacity":10,"weights":[3,-2]}', '{"foo":1}', instance].join('\n'));
  expect(lines.map(({ status, issues }) => issues ?? status)).toEqual([
    'optimal',
    [{ path: 'line 2', code: 'not-json' }],
    [{ path: 'weights.1', code: 'too_small' }],
    [{ path: '', code: 'unknown-problem' }],
    'optimal',
  ]);
  expect(status).toBe(1);
});

it.each([
  ['an empty file', '', 'is empty'],
  ['half a compressed file', gzipSync(instance).subarray(0, 20), 'is damaged'],
  ['a list without instances', '[]', 'holds no instance'],
])('names what is wrong with %s', (_, content, message) => {
  const { lines, stderr, status } = schedule(content);
  expect(lines).toEqual([]);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
