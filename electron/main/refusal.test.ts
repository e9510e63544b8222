import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { BackendProcess } from './backend-process.ts';
import { boot } from './boot.ts';
import { app, BrowserWindow, dialog } from '../testing/fake-electron.ts';

const entry = fileURLToPath(new URL('../backend/utility-entry.ts', import.meta.url));

test('a profile that is in use is told in a dialog, in the language of the system, and Outpost ends', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'outpost-refusal-'));
  const other = new BackendProcess({ entry, profile, version: '1.2.3', demo: false, keychain: undefined, onRefused: () => undefined, onCrash: () => undefined });
  other.start();
  expect(await other.call('1', 'app.status', {})).toMatchObject({ ok: true });
  const quit = vi.fn();
  app.on('quit', quit);
  app.locale = 'zh-CN';

  await boot({ profile, demo: false, paths: { backend: entry, preload: '/preload.cjs', renderer: profile } });
  await vi.waitFor(() => expect(quit).toHaveBeenCalled(), { timeout: 20_000 });
  expect(dialog.errors).toMatchObject([{ title: '这份数据已在另一个 Outpost 中打开' }]);
  expect(BrowserWindow.getAllWindows()).toEqual([]);
  await other.close();
  rmSync(profile, { recursive: true });
});
