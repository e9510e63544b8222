import type { SyncError, SyncErrorCode } from '../../shared/sync/protocol.ts';

/** An expected failure of a whole message: travels as its code and carries nothing of what was sent. */
export class SyncException extends Error {
  override name = 'SyncException';
  readonly error: SyncError;

  constructor(error: SyncError, options?: ErrorOptions) {
    super(error.code, options);
    this.error = error;
  }
}

export function refuse(code: SyncErrorCode, retryAfterSeconds?: number): never {
  throw new SyncException(retryAfterSeconds === undefined ? { code } : { code, retryAfterSeconds });
}
