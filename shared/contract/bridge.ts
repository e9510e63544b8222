import type { Result } from '../errors.ts';
import type { BackendEvent } from './index.ts';

/** What the desktop shell puts on `window.outpost`; all that a page can reach of it. A browser has none and speaks HTTP. */
export interface OutpostBridge {
  call(name: string, input: unknown): Promise<Result<unknown>>;
  /** Answers the way to stop. */
  onEvent(listener: (event: BackendEvent) => void): () => void;
  /** Prints the window's print layout to a file that the person chooses; `saved` is false when they changed their mind. */
  savePdf?(fileName: string): Promise<Result<{ saved: boolean }>>;
}

/** Names of the messages between page and shell. */
export const bridgeChannels = { call: 'outpost:call', event: 'outpost:event', savePdf: 'outpost:save-pdf' } as const;
