import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Browsers that can show one page as a window of its own, and where they lie when they are not on the PATH. */
const browsers: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  win32: ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** Opens the address as an app window where there is a display and a browser for it; otherwise the printed address has to do. */
export function openBrowser(address: string): void {
  const browser = hasDisplay() ? (browsers[process.platform] ?? []).map(findProgram).find((path) => path !== undefined) : undefined;
  if (browser === undefined) return;
  const child = spawn(browser, [`--app=${address}`], { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
}

function findProgram(name: string): string | undefined {
  const folders = name.includes('/') || name.includes('\\') ? [''] : (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
