import { SyncException } from '../service/failure.ts';

/** The same shape as the workstation's log, so that a hub writes into it. */
export interface ServerLog {
  event(name: string, counts?: Record<string, number>): void;
  error(name: string, error: unknown): void;
}

/** JSON lines, one event each. An error's message is never written: a database quotes values in its messages. */
export function jsonLog(write: (line: string) => void, now: () => Date): ServerLog {
  const line = (facts: object) => write(`${JSON.stringify({ at: now().toISOString(), ...facts })}\n`);
  return {
    event: (name, counts) => line({ event: name, ...counts }),
    error: (name, error) => line({ event: name, ...describe(error) }),
  };
}

export const noLog: ServerLog = { event: () => undefined, error: () => undefined };

function describe(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = error instanceof SyncException ? error.error.code : (error as { code?: unknown }).code;
  return {
    error: error.name,
    ...(typeof code === 'string' && /^[\w-]{1,60}$/.test(code) && { code }),
    frames: framesOf(error),
    ...(error.cause !== undefined && { cause: describe(error.cause) }),
  };
}

/** The frames without what stands before them: the message is repeated there, and a line of it may look like a frame. */
function framesOf({ stack = '', message }: Error): string[] {
  const begin = stack.indexOf(message);
  if (begin === -1) return [];
  return stack.slice(begin + message.length).split('\n').filter((frame) => /^\s+at /.test(frame)).slice(0, 12).map((frame) => frame.trim());
}
