import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { temporaryVariables } from './temporary-folder.ts';

/** Each file of tests has a temporary folder within that of the run, and it goes with the file: what all of them leave behind would fill the memory. */
const folder = mkdtempSync(join(tmpdir(), 'file-'));
for (const name of temporaryVariables) process.env[name] = folder;

afterAll(() => {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A process that is being killed still writes: what it leaves goes with the run.
  }
});
