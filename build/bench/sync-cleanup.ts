import { tmpdir } from 'node:os';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/** What was started, to be ended in the opposite order whatever happens. */
export interface Cleanup {
  /** A signal asked to stop. */
  stopped: boolean;
  add(end: () => unknown): void;
  run(): Promise<void>;
}

/**
 * Everything temporary goes to one folder, which is removed even when this process is killed by a signal. It lies on a disk: a commit
 * that is durable in memory costs nothing, and no server of anybody runs so.
 */
export function prepareCleanup(): Cleanup {
  const removeFolder = makeTemporaryFolder(tmpdir());
  // Each process that was started is killed at the exit by a listener of its own.
  process.setMaxListeners(100);
  const removeAtLast = () => {
    try {
      removeFolder();
    } catch (error) {
      progress(`A temporary folder is left: ${String(error)}`);
    }
  };
  const ends: (() => unknown)[] = [];
  const cleanup: Cleanup = {
    stopped: false,
    add(end) {
      ends.push(end);
      // Behind the listeners of what was started, which kill it: a server that runs would write the folder anew.
      process.off('exit', removeAtLast);
      process.once('exit', removeAtLast);
    },
    async run() {
      for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
        try {
          await end();
        } catch (error) {
          progress(`Could not be ended: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      removeAtLast();
    },
  };
  process.once('exit', removeAtLast);
  const stop = () => {
    cleanup.stopped = true;
    void cleanup.run().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  return cleanup;
}

/** What goes on is told beside the figures, not among them. */
export const progress = (line: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
