import { mkdirSync } from 'node:fs';
import type { BackendEvent } from '../../shared/contract/index.ts';
import type { AppStatus } from '../../shared/contract/app.ts';
import type { Result } from '../../shared/errors.ts';
import { Workstation } from '../services/workstation.ts';
import { environmentWith, systemClock, type Clock } from '../storage/environment.ts';
import type { Keychain } from '../storage/keychain.ts';
import { handlers } from './handlers.ts';
import { answerCall } from './router.ts';

export type { Clock, Keychain };

export interface Backend {
  /** Answers a call of the contract; never rejects and never answers undefined. */
  call(sessionId: string, name: string, input: unknown): Promise<Result<unknown>>;
  /** Hears every event, for all sessions. Answers the way to stop. */
  subscribe(listener: (event: BackendEvent) => void): () => void;
  /** Stops jobs between two batches, then shuts the database. */
  close(): Promise<void>;
}

export interface BackendOptions {
  /** Absolute path of the profile folder; created when it is missing. */
  profile: string;
  version: string;
  host: AppStatus['host'];
  keychain?: Keychain;
  clock?: Clock;
  /** Sets up a demo clinic when the profile is empty. */
  demo?: boolean;
}

/** Starts the program on a profile. Rejects with `profile-in-use` while another process holds it. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  mkdirSync(options.profile, { recursive: true, mode: 0o700 });
  const workstation = new Workstation({
    profile: options.profile,
    version: options.version,
    host: options.host,
    environment: environmentWith(options.clock ?? systemClock),
    log: { unexpected: () => crypto.randomUUID().slice(0, 8) },
    ...(options.keychain && { keychain: options.keychain }),
  });
  return {
    call: (sessionId, name, input) => answerCall(workstation, handlers, { sessionId, name, input }),
    subscribe: (listener) => workstation.events.subscribe(listener),
    close: async () => {
      await workstation.jobs.cancelAll();
      workstation.close();
    },
  };
}
