import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Session } from 'electron';
import { beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../shared/content-security-policy.ts';
import { registerAppScheme } from './app-protocol.ts';
import { setupNavigation } from './navigation.ts';
import { setupPageSession } from './page-session.ts';
import { setupSingleInstance } from './single-instance.ts';
import { app, BrowserWindow, cancellable, protocol, session } from '../testing/fake-electron.ts';
import { openWindow, showWindow } from './window.ts';

/** Electron's security checklist, item by item in its order: a test for each, or a line that says why it does not apply. */

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What runs under Electron, without tests. */
const sources = globSync('{electron/main,electron/preload,renderer}/**/*.{ts,tsx,html}', { cwd: root, exclude: (path) => /\.test\.|testing/.test(path) })
  .map((path) => [path, readFileSync(`${root}/${path}`, 'utf8')] as const);
const filesThatSay = (pattern: RegExp): string[] => sources.filter(([, text]) => pattern.test(text)).map(([path]) => path);

let window: BrowserWindow;
let page: (typeof session.sessions)[number];
let preferences: Record<string, unknown>;

beforeAll(() => {
  registerAppScheme();
  setupNavigation();
  const pageSession: Session = setupPageSession();
  page = session.sessions[0]!;
  openWindow({ session: pageSession, preload: '/preload.cjs' });
  window = BrowserWindow.getAllWindows()[0]!;
  preferences = window.options.webPreferences;
});

/** What the handler answers through its callback. */
const asked = (handler: ((...input: never[]) => unknown) | undefined, ...input: unknown[]): unknown => {
  let answer: unknown;
  handler?.(...([...input, (given: unknown) => (answer = given)] as never[]));
  return answer;
};

test('1. only secure content is loaded: nothing but our own page', () => {
  expect(window.address).toBe('app://outpost/');
  const request = (url: string) => asked(page.beforeRequest, { url });
  for (const url of ['http://example.com/', 'https://example.com/', 'wss://example.com/', 'file:///etc/passwd', 'app://elsewhere/']) {
    expect(request(url)).toEqual({ cancel: true });
  }
  for (const url of ['app://outpost/assets/index.js', 'data:image/png;base64,', 'blob:app://outpost/1']) expect(request(url)).toEqual({ cancel: false });
});

test('2. no Node integration', () => {
  expect(preferences['nodeIntegration']).toBe(false);
  expect(filesThatSay(/nodeIntegration(InWorker|InSubFrames)/)).toEqual([]);
});

test('3. context isolation', () => {
  expect(preferences['contextIsolation']).toBe(true);
});

test('4. process sandboxing, for every renderer', () => {
  expect(preferences['sandbox']).toBe(true);
  expect(readFileSync(`${root}/electron/main/main.ts`, 'utf8')).toMatch(/^app\.enableSandbox\(\);$/m);
});

test('5. every permission is refused, asked for or checked', () => {
  expect(preferences['session']).toBe(page);
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem']) {
    expect(asked(page.requestHandler, window.webContents, permission)).toBe(false);
    expect(page.checkHandler?.(...([window.webContents, permission] as never[]))).toBe(false);
  }
  expect(page.deviceHandler?.(...([{ deviceType: 'usb' }] as never[]))).toBe(false);
  expect(asked(page.displayMediaHandler, {})).toEqual({});
});

test('6. web security stays on', () => {
  expect(preferences['webSecurity']).toBe(true);
  expect(filesThatSay(/disablewebsecurity|disable-web-security/)).toEqual([]);
});

test('7. a content security policy without inline script, eval or foreign sources', () => {
  const policy = new Map(contentSecurityPolicy('abc').split('; ').map((line) => [line.split(' ')[0], line]));
  expect(policy.get('default-src')).toBe("default-src 'none'");
  expect(policy.get('script-src')).toBe("script-src 'self'");
  expect(policy.get('style-src')).toBe("style-src 'self' 'nonce-abc'");
  expect([...policy.values()].join(' ')).not.toMatch(/unsafe-eval|https?:|\*/);
  for (const directive of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.get(directive)).toBe(`${directive} 'none'`);
});

test('8. no insecure content is allowed', () => {
  expect(filesThatSay(/allowRunningInsecureContent|allow-running-insecure-content/)).toEqual([]);
});

test('9. no experimental features', () => {
  expect(filesThatSay(/experimentalFeatures/)).toEqual([]);
});

test('10. no Blink features', () => {
  expect(filesThatSay(/enableBlinkFeatures|enable-blink-features/)).toEqual([]);
});

test('11. and 12. no webview: the tag is off, and one that comes all the same is refused', () => {
  expect(preferences['webviewTag']).toBe(false);
  expect(filesThatSay(/<webview|allowpopups/)).toEqual([]);
  const event = cancellable();
  window.webContents.emit('will-attach-webview', event, {}, {});
  expect(event.defaultPrevented).toBe(true);
});

describe('13. no navigation away from our page', () => {
  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s', (name) => {
    const refused = (url: string): boolean => {
      const event = cancellable({ url });
      window.webContents.emit(name, event);
      return event.defaultPrevented;
    };
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'app://elsewhere/', 'data:text/html,x']) {
      expect(refused(url)).toBe(true);
    }
    expect(refused('app://outpost/#/patients')).toBe(false);
  });
});

test('14. no further windows', () => {
  expect(window.webContents.openHandler?.(...([{ url: 'app://outpost/' }] as never[]))).toEqual({ action: 'deny' });
});

test('15. shell.openExternal is not used', () => {
  expect(filesThatSay(/openExternal|openPath|\bshell\b.*from 'electron'/)).toEqual([]);
});

test('16. Electron is pinned to one exact version, so that raising it is a change that is seen', () => {
  const { devDependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { devDependencies: Record<string, string> };
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
});

test('17. every message is checked for its sender: there is one place that listens', () => {
  // What that place refuses is in ipc-router.test.ts.
  expect(filesThatSay(/ipcMain\.(handle|on|once)/)).toEqual(['electron/main/ipc-router.ts']);
  expect(filesThatSay(/ipcRenderer\.(send|sendSync|postMessage)/)).toEqual([]);
});

test('18. a scheme of our own instead of file://', () => {
  expect(protocol.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  expect(filesThatSay(/loadFile\(|file:\/\//)).toEqual([]);
});

test('19. fuses are set when it is packaged', () => {
  // What they are set to in a packaged binary is in build/packaging.test.ts.
  expect(existsSync(`${root}/build/packaging.test.ts`)).toBe(true);
});

test('20. no API of Electron is handed to the page', () => {
  // What is handed over is in preload.test.ts.
  expect(filesThatSay(/exposeInMainWorld/)).toEqual(['electron/preload/preload.ts']);
  expect(filesThatSay(/exposeInMainWorld\([^)]*ipcRenderer/)).toEqual([]);
});

describe('beyond the list', () => {
  test('the session lives in memory, and no word typed goes to a spell checker', () => {
    expect(page.partition).not.toMatch(/^persist:/);
    expect([page.spellChecker, preferences['spellcheck']]).toEqual([false, false]);
  });

  test('what the page put together may be saved; nothing is downloaded from elsewhere', () => {
    const refused = (url: string): boolean => {
      const event = cancellable();
      page.emit('will-download', event, { getURL: () => url });
      return event.defaultPrevented;
    };
    expect(refused('blob:app://outpost/0f8fad5b')).toBe(false);
    for (const url of ['https://example.com/x.exe', 'blob:https://example.com/1', 'app://outpost/index.html']) expect(refused(url)).toBe(true);
  });

  test('a packaged build has no developer tools', () => {
    expect(preferences['devTools']).toBe(false);
  });

  test('a second start shows the first window and ends', () => {
    expect(setupSingleInstance(showWindow)).toBe(true);
    window.minimized = true;
    app.emit('second-instance');
    expect([window.minimized, window.focused]).toEqual([false, true]);
    app.hasLock = false;
    expect(setupSingleInstance(showWindow)).toBe(false);
  });
});
