import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { bridgeChannels } from '../../shared/contract/bridge.ts';
import { isCallName } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/errors.ts';
import { isOwnAddress } from './app-protocol.ts';
import type { BackendProcess } from './backend-process.ts';

type Answer = Promise<Result<unknown>>;

/**
 * Answers the page's calls, always with a result. The sender must be the top frame of our own page: an embedded frame,
 * or a page that got past the navigation guard, is told nothing. The name is checked here, the input by its schema in
 * the backend.
 */
export function setupIpcRouter(backend: Pick<BackendProcess, 'call'>): void {
  handle(bridgeChannels.call, async (event, name, input) => {
    if (typeof name !== 'string' || !isCallName(name)) return { ok: false, error: { code: 'unknown-call' } };
    return backend.call(String(event.sender.id), name, input);
  });
}

/** Registers a handler that only our own page reaches. Its failures are its own to code; it must not reject. */
export function handle(channel: string, handler: (event: IpcMainInvokeEvent, ...input: unknown[]) => Answer): void {
  ipcMain.handle(channel, (event, ...input: unknown[]): Result<never> | Answer =>
    isTrusted(event) ? handler(event, ...input) : { ok: false, error: { code: 'untrusted-sender' } },
  );
}

function isTrusted({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnAddress(senderFrame.url);
}
