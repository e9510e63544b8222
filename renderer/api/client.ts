import type { OutpostBridge } from '../../shared/contract/bridge.ts';
import type { BackendEvent, CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import { AppException, type Result } from '../../shared/errors.ts';

// Set by the desktop shell's preload; a browser has none and speaks HTTP to its own origin.
declare global {
  interface Window {
    outpost?: OutpostBridge;
  }
}

const unavailable: Result<never> = { ok: false, error: { code: 'backend-unavailable' } };

/**
 * Asks the backend. Every failure, expected or not, is thrown as an {@link AppException} whose `error` can be
 * shown; a backend that does not answer is `backend-unavailable`.
 */
export async function call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  return unwrap(await send(name, input).catch(() => unavailable)) as CallOutput<Name>;
}

interface Connection {
  /** The backend may have ended: until it is asked again, what is on screen tells of before. */
  onLost: () => void;
  onReconnected: () => void;
}

/** Hears what the backend tells every window; returns how to stop. */
export function onBackendEvent(listener: (event: BackendEvent) => void, { onLost, onReconnected }: Connection): () => void {
  if (window.outpost) return window.outpost.onEvent(listener);
  const source = new EventSource('/api/events');
  source.addEventListener('message', (message: MessageEvent<string>) => listener(JSON.parse(message.data) as BackendEvent));
  // Events that were sent while the line was down are gone; whoever caches must ask again.
  source.addEventListener('open', onReconnected);
  source.addEventListener('error', onLost);
  return () => source.close();
}

/** Whether this window can write a PDF itself; a browser's print dialogue does it otherwise. */
export const canSavePdf = (): boolean => window.outpost?.savePdf !== undefined;

/** Prints the window's print layout to a PDF file chosen by the user. `saved` is false when they changed their mind. */
export async function savePdf(fileName: string): Promise<{ saved: boolean }> {
  if (!window.outpost?.savePdf) return { saved: false };
  return unwrap(await window.outpost.savePdf(fileName).catch(() => unavailable));
}

function send(name: string, input: unknown): Promise<Result<unknown>> {
  return window.outpost ? window.outpost.call(name, input) : post(name, input);
}

async function post(name: string, input: unknown): Promise<Result<unknown>> {
  const response = await fetch(`/api/call/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    credentials: 'same-origin',
  });
  return (await response.json()) as Result<unknown>;
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppException(result.error);
}
