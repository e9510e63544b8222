import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bridgeChannels } from '../../shared/contract/bridge.ts';
import { boot } from './boot.ts';
import { setupProfile } from './profile.ts';
import { app, BrowserWindow, ipcMain, Menu, nativeTheme, powerMonitor, session, utilityProcess } from '../testing/fake-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'outpost-boot-'));
const paths = { backend: fileURLToPath(new URL('../backend/utility-entry.ts', import.meta.url)), preload: '/preload.cjs', renderer: join(folder, 'renderer') };

beforeAll(async () => {
  mkdirSync(paths.renderer);
  writeFileSync(join(paths.renderer, 'index.html'), '<title>Outpost</title>');
  const profile = setupProfile(join(folder, 'profile'));
  await boot({ profile, demo: false, paths });
});
afterAll(() => {
  for (const { process } of utilityProcess.forks) process.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const window = () => BrowserWindow.getAllWindows()[0]!;
const call = (name: string, input: unknown) => ipcMain.invoke(window().webContents, bridgeChannels.call, [name, input]);

test('the window shows our page once it is painted, where it was the last time', async () => {
  expect(window()).toMatchObject({ address: 'app://outpost/', shown: false, options: { name: 'main', windowStatePersistence: true } });
  window().emit('ready-to-show');
  expect(window().shown).toBe(true);
  const page = await session.sessions[0]!.protocols.get('app')!(new Request('app://outpost/'));
  expect(await page.text()).toContain('<title>Outpost</title>');
});

test('the page reaches a real backend on the given profile', async () => {
  expect(app.getPath('userData')).toBe(join(folder, 'profile'));
  expect(await call('app.status', {})).toMatchObject({ ok: true, value: { database: 'absent', host: 'electron', version: '1.2.3' } });
});

test('menu and theme follow the choice of the person', async () => {
  expect(await call('preferences.update', { language: 'zh', theme: 'dark' })).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(Menu.current.map(({ label }) => label)).toContain('编辑'), { timeout: 20_000 });
  expect(nativeTheme.themeSource).toBe('dark');
  expect(await call('preferences.update', { language: 'en', theme: 'auto' })).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(Menu.current.map(({ label }) => label)).toContain('Edit'), { timeout: 20_000 });
  expect(nativeTheme.themeSource).toBe('system');
});

test('events reach the window', async () => {
  const { sent } = window().webContents;
  await vi.waitFor(() => expect(sent).toContainEqual([bridgeChannels.event, { type: 'status' }]), { timeout: 20_000 });
});

test('the session locks with the screen of the computer', async () => {
  const clinic = {
    site: { organisationName: 'Health', name: 'Clinic', departments: [] },
    admin: { username: 'admin', displayName: 'Admin', password: 'correct horse battery' },
  };
  expect(await call('setup.createClinic', clinic)).toMatchObject({ ok: true });
  expect(await call('sessions.signIn', { username: 'admin', password: 'correct horse battery' })).toMatchObject({ ok: true });
  powerMonitor.emit('lock-screen');
  await vi.waitFor(async () => expect(await call('app.status', {})).toMatchObject({ value: { session: { state: 'locked' } } }), { timeout: 20_000 });
});

test('Outpost ends once the backend has shut the database', async () => {
  const quit = vi.fn();
  app.on('quit', quit);
  app.emit('window-all-closed');
  expect(quit).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(quit).toHaveBeenCalled(), { timeout: 20_000 });
  expect(utilityProcess.forks.map(({ process }) => process.exitCode)).toEqual([0]);
});
