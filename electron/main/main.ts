import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { registerAppScheme } from './app-protocol.ts';
import { boot } from './boot.ts';
import { readCommandLine } from './command-line.ts';
import { setupProfile } from './profile.ts';
import { setupSingleInstance } from './single-instance.ts';
import { showWindow } from './window.ts';

/** A path beside this file's bundle. */
const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const paths = { backend: built('backend.js'), preload: built('../preload/preload.cjs'), renderer: built('../renderer') };

const { profile: wanted, demo } = readCommandLine(process.argv.slice(1));
const profile = setupProfile(wanted);
registerAppScheme();
app.enableSandbox();
// Not awaited: Electron is ready only after this module has been evaluated.
if (setupSingleInstance(showWindow)) void app.whenReady().then(() => boot({ profile, demo, paths }));
else app.quit();
