import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/**
 * Settles the profile folder (undefined: where the system wants it) before anything is read from it and answers its path. What Chromium itself keeps goes to a
 * folder of its own beside the clinic's files.
 */
export function setupProfile(wanted: string | undefined): string {
  if (wanted !== undefined) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    app.setPath('userData', wanted);
  }
  const folder = app.getPath('userData');
  app.setPath('sessionData', join(folder, 'chromium'));
  return folder;
}
