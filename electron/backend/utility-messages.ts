import type { BackendEvent } from '../../shared/contract/index.ts';
import type { AppError, Result } from '../../shared/errors.ts';

/** What the shell tells the backend's process. The first message is `start`. */
export type ToBackend =
  | { type: 'start'; profile: string; version: string; demo: boolean; hasKeychain: boolean }
  | { type: 'call'; id: number; sessionId: string; name: string; input: unknown }
  | { type: 'keychain-answer'; id: number; bytes?: Uint8Array }
  | { type: 'close' };

/** What the backend's process tells the shell. `refused`: it cannot work on this profile and ends. */
export type FromBackend =
  | { type: 'started' }
  | { type: 'refused'; error: AppError }
  | { type: 'answer'; id: number; result: Result<unknown> }
  | { type: 'event'; event: BackendEvent }
  | { type: 'keychain'; id: number; operation: 'wrap' | 'unwrap'; bytes: Uint8Array };
