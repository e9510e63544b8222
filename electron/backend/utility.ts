import { AppException } from '../../shared/errors.ts';
import { startBackend, type Backend, type Keychain } from './index.ts';
import type { FromBackend, ToBackend } from './utility-messages.ts';

/** The line to the process that started this one. */
export interface ParentLine {
  send(message: FromBackend): void;
  onMessage(listener: (message: ToBackend) => void): void;
}

/** Runs the backend for a parent process: starts it as told, answers its calls, and ends (through `exit`) when told to close. */
export function serveParent(line: ParentLine, exit: () => void): void {
  const keychain = new ParentKeychain(line);
  let backend: Backend | undefined;

  const start = async (message: ToBackend & { type: 'start' }): Promise<void> => {
    const { profile, version, demo, hasKeychain } = message;
    try {
      backend = await startBackend({ profile, version, host: 'electron', demo, keychain: hasKeychain ? keychain : undefined });
    } catch (error) {
      if (!(error instanceof AppException)) throw error;
      line.send({ type: 'refused', error: error.error });
      return exit();
    }
    backend.subscribe((event) => line.send({ type: 'event', event }));
    line.send({ type: 'started' });
  };

  const answer = async ({ id, sessionId, name, input }: ToBackend & { type: 'call' }): Promise<void> => {
    const result = (await backend?.call(sessionId, name, input)) ?? { ok: false, error: { code: 'backend-unavailable' } };
    line.send({ type: 'answer', id, result });
  };

  line.onMessage((message) => {
    switch (message.type) {
      case 'start': return void start(message);
      case 'call': return void answer(message);
      case 'keychain-answer': return keychain.receive(message.id, message.bytes);
      case 'close': return void (backend?.close() ?? Promise.resolve()).then(exit);
    }
  });
}

/** The operating system's keychain, which only the parent process can reach. */
class ParentKeychain implements Keychain {
  private readonly line: ParentLine;
  private readonly waiting = new Map<number, (bytes: Uint8Array | undefined) => void>();
  private lastId = 0;

  constructor(line: ParentLine) {
    this.line = line;
  }

  wrap(secret: Uint8Array): Promise<Uint8Array> {
    return this.ask('wrap', secret);
  }

  unwrap(wrapped: Uint8Array): Promise<Uint8Array> {
    return this.ask('unwrap', wrapped);
  }

  receive(id: number, bytes: Uint8Array | undefined): void {
    this.waiting.get(id)?.(bytes);
    this.waiting.delete(id);
  }

  private ask(operation: 'wrap' | 'unwrap', bytes: Uint8Array): Promise<Uint8Array> {
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (answer) => (answer ? resolve(answer) : reject(new Error('The keychain refused'))));
      this.line.send({ type: 'keychain', id, operation, bytes });
    });
  }
}
