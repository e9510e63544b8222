import type { AppStatus } from '../../shared/contract/app.ts';
import type { BackendEvent } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/errors.ts';
import { noteBackupFolder } from '../services/backups.ts';
import { checkInBackground } from '../services/integrity.ts';
import { keepKeyringInStep } from '../services/passwords.ts';
import { finishRevocation, lockRevoked } from '../services/revocation.ts';
import { createDemo } from '../services/setup.ts';
import { Workstation } from '../services/workstation.ts';
import { environmentWith, systemClock, type Clock } from '../storage/environment.ts';
import type { Keychain } from '../storage/keychain.ts';
import { mirrorKeyring } from '../storage/keyring-copy.ts';
import { openLog } from '../storage/log.ts';
import { acquireProfileLock } from '../storage/profile-lock.ts';
import { finishRestore } from '../storage/restore-swap.ts';
import { handlers } from './handlers.ts';
import { openByKeychain } from './keychain-start.ts';
import { answerCall } from './router.ts';
import { startTimers } from './timers.ts';

export type { Clock, Keychain };

export interface Backend {
  /** Answers a call of the contract; never rejects and never answers undefined. */
  call(sessionId: string, name: string, input: unknown): Promise<Result<unknown>>;
  /** Hears every event, for all sessions. Answers the way to stop. */
  subscribe(listener: (event: BackendEvent) => void): () => void;
  /** Stops jobs between two batches, shuts the database and gives the profile free. */
  close(): Promise<void>;
}

export interface BackendOptions {
  /** Absolute path of the profile folder; created when it is missing. */
  profile: string;
  version: string;
  host: AppStatus['host'];
  keychain?: Keychain | undefined;
  clock?: Clock | undefined;
  /** Sets up a demo clinic when the profile is empty. */
  demo?: boolean | undefined;
}

/** Starts the program on a profile. Rejects with `profile-in-use` while another process holds it. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const lock = acquireProfileLock(options.profile);
  try {
    finishRestore(options.profile);
    finishRevocation(options.profile);
    const { workstation, timers } = await startWorkstation(options);
    return {
      call: (sessionId, name, input) => answerCall(workstation, handlers, { sessionId, name, input }),
      subscribe: (listener) => workstation.events.subscribe(listener),
      close: async () => {
        timers.stop();
        await workstation.jobs.cancelAllBut();
        workstation.close();
        await workstation.hub.end();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startWorkstation({ profile, version, host, keychain, clock = systemClock, demo }: BackendOptions) {
  const workstation = new Workstation({ profile, version, host, keychain, environment: environmentWith(clock), log: openLog(profile, clock) });
  workstation.onOpen((store) => mirrorKeyring(workstation.keyring, store.connection));
  workstation.onOpen((store) => keepKeyringInStep(workstation, store));
  workstation.onOpen(() => noteBackupFolder(workstation));
  workstation.onOpen((store) => workstation.hub.begin(store));
  workstation.onOpen((store) => workstation.sync.begin(store));
  workstation.sync.onRevoked(() => lockRevoked(workstation));
  workstation.onDamageSuspected(() => checkInBackground(workstation));
  const timers = startTimers(workstation);
  await openByKeychain(workstation, keychain);
  if (demo === true) await startDemo(workstation);
  return { workstation, timers };
}

async function startDemo(workstation: Workstation): Promise<void> {
  if (workstation.databaseState !== 'absent') return;
  const { environment, jobs, preferences } = workstation;
  await createDemo({ workstation, environment, jobs, sessionId: '' }, { language: preferences.language });
}
