import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTranslator } from '../../shared/i18n/index.ts';
import { openLog } from '../storage/log.ts';
import { setupCrashHandling } from './crash.ts';
import { app, dialog, FakeWebContents } from '../testing/fake-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'outpost-crash-'));
const others = { uncaughtException: process.listeners('uncaughtException'), unhandledRejection: process.listeners('unhandledRejection') };
process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection');
setupCrashHandling(openLog(folder, { now: () => new Date() }), createTranslator('zh'));
const [onException] = process.listeners('uncaughtException');
const [onRejection] = process.listeners('unhandledRejection');
process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection');
// The test runner's own, so that a mistake in this file is seen.
for (const listener of others.uncaughtException) process.on('uncaughtException', listener);
for (const listener of others.unhandledRejection) process.on('unhandledRejection', listener);

afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  dialog.errors.splice(0);
  app.exitCodes.splice(0);
});

test.each([
  ['exception', () => onException!(new TypeError('no patient 王小明'), 'uncaughtException')],
  ['rejection', () => onRejection!(new TypeError('no patient 王小明'), Promise.resolve())],
])('an unexpected %s ends the shell with a reference that is in the log, and repeats no text', (_kind, happen) => {
  happen();
  const [shown] = dialog.errors;
  const reference = /\d{3,}/.exec(shown!.content)?.[0] ?? 'none';
  const log = readFileSync(join(folder, 'logs', 'outpost.log'), 'utf8');
  expect(log).toContain(`"reference":${reference}`);
  expect(log + JSON.stringify(dialog.errors)).not.toContain('王小明');
  expect(shown!.title).toBe('Outpost 出现了问题');
  expect(app.exitCodes).toEqual([1]);
});

describe('a page that breaks', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const page = new FakeWebContents();
  const breakPage = async (reason: string): Promise<void> => {
    app.emit('render-process-gone', {}, page, { reason, exitCode: 5 });
    await vi.advanceTimersByTimeAsync(5_000);
  };

  test('is loaded again, a few times; then the person is asked', async () => {
    await breakPage('clean-exit');
    expect(page.reloads).toBe(0);
    for (const times of [1, 2, 3]) {
      await breakPage('crashed');
      expect(page.reloads).toBe(times);
    }
    expect(dialog.questions).toEqual([]);

    dialog.button = 0;
    await breakPage('oom');
    expect(dialog.questions).toHaveLength(1);
    expect(page.reloads).toBe(4);

    dialog.button = 1;
    await breakPage('oom');
    expect([page.reloads, app.quits]).toEqual([4, 1]);
  });
});
