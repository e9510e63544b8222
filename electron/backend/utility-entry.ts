import { openLog } from '../storage/log.ts';
import { systemClock } from '../storage/environment.ts';
import type { FromBackend, ToBackend } from './utility-messages.ts';
import { serveParent } from './utility.ts';

/** The part of Electron's `process.parentPort` that is used here. */
interface ParentPort {
  postMessage(message: FromBackend): void;
  on(event: 'message', listener: (event: { data: ToBackend }) => void): void;
}

const { parentPort } = process as NodeJS.Process & { parentPort: ParentPort };
let profile: string | undefined;

// Without this Node would print the error's message, which may quote what somebody typed, to a terminal or the system's journal.
process.on('uncaughtException', (error) => {
  if (profile !== undefined) openLog(profile, systemClock).error('backend-crashed', error);
  process.exit(1);
});

serveParent(
  {
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) => {
      parentPort.on('message', ({ data }) => {
        if (data.type === 'start') profile = data.profile;
        listener(data);
      });
    },
  },
  () => process.exit(0),
);
