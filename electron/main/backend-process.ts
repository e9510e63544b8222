import { utilityProcess, type UtilityProcess } from 'electron';
import type { BackendEvent } from '../../shared/contract/index.ts';
import type { AppError, Result } from '../../shared/errors.ts';
import type { Keychain } from '../backend/index.ts';
import type { FromBackend, ToBackend } from '../backend/utility-messages.ts';
import { restartDelay } from './restart-policy.ts';

const unavailable: Result<never> = { ok: false, error: { code: 'backend-unavailable' } };
/** A job stops between two batches; whoever does not stop in this time is killed, which the database survives. */
const closeMilliseconds = 15_000;

export interface BackendProcessOptions {
  /** Path of the backend's entry. */
  entry: string;
  profile: string;
  version: string;
  demo: boolean;
  keychain: Keychain | undefined;
  /** The backend cannot work on this profile and will not be started again. */
  onRefused(error: AppError): void;
  /** It ended without being told to, for the last time (`gaveUp`) or to be started again. */
  onCrash(exitCode: number, gaveUp: boolean): void;
}

/** The backend in a process of its own: passes calls and events through, and starts it again when it crashes. */
export class BackendProcess {
  private readonly options: BackendProcessOptions;
  private readonly listeners = new Set<(event: BackendEvent) => void>();
  private readonly pending = new Map<number, (result: Result<unknown>) => void>();
  private crashes: number[] = [];
  private lastId = 0;
  private started = false;
  private closing = false;
  private child: UtilityProcess | undefined;
  private restart: NodeJS.Timeout | undefined;
  /** Settles once the backend answers, or with undefined once it has been given up. Calls wait for it. */
  private running = Promise.withResolvers<UtilityProcess | undefined>();

  constructor(options: BackendProcessOptions) {
    this.options = options;
  }

  start(): void {
    this.fork();
  }

  /** Starts it once more after it was given up. */
  startAgain(): void {
    this.crashes = [];
    this.running = Promise.withResolvers();
    this.fork();
  }

  /** Never rejects. A call that was under way when the backend crashed is answered `backend-unavailable`. */
  async call(sessionId: string, name: string, input: unknown): Promise<Result<unknown>> {
    const child = await this.running.promise;
    if (child === undefined) return unavailable;
    const id = (this.lastId += 1);
    return new Promise((resolve) => {
      this.pending.set(id, resolve);
      tell(child, { type: 'call', id, sessionId, name, input });
    });
  }

  subscribe(listener: (event: BackendEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Answers once the backend has shut its database and ended. */
  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.restart);
    const { child } = this;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    tell(child, { type: 'close' });
    const deadline = setTimeout(() => child.kill(), closeMilliseconds);
    await ended;
    clearTimeout(deadline);
  }

  private fork(): void {
    const { entry, profile, version, demo, keychain } = this.options;
    const child = utilityProcess.fork(entry, [], { serviceName: 'Outpost backend' });
    this.child = child;
    child.on('message', (message: FromBackend) => this.receive(child, message));
    child.once('exit', (exitCode) => this.ended(exitCode));
    // The demo clinic is made once, whatever happens to the process that makes it.
    tell(child, { type: 'start', profile, version, demo: demo && this.crashes.length === 0, hasKeychain: keychain !== undefined });
  }

  private receive(child: UtilityProcess, message: FromBackend): void {
    switch (message.type) {
      case 'started':
        this.started = true;
        this.running.resolve(child);
        // After a crash nobody is signed in any more; every window has to ask.
        return this.emit({ type: 'status' });
      case 'refused':
        this.closing = true;
        this.running.resolve(undefined);
        return this.options.onRefused(message.error);
      case 'answer':
        this.pending.get(message.id)?.(message.result);
        return void this.pending.delete(message.id);
      case 'event':
        return this.emit(message.event);
      case 'keychain':
        return void this.useKeychain(child, message);
    }
  }

  private async useKeychain(child: UtilityProcess, { id, operation, bytes }: FromBackend & { type: 'keychain' }): Promise<void> {
    const answer = await this.options.keychain?.[operation](bytes).catch(() => undefined);
    tell(child, { type: 'keychain-answer', id, ...(answer && { bytes: answer }) });
  }

  private ended(exitCode: number): void {
    this.child = undefined;
    for (const resolve of this.pending.values()) resolve(unavailable);
    this.pending.clear();
    if (this.started) this.running = Promise.withResolvers();
    this.started = false;
    if (this.closing) return this.running.resolve(undefined);
    this.crashes.push(Date.now());
    const delay = restartDelay(this.crashes, Date.now());
    if (delay === undefined) this.giveUp();
    else this.restart = setTimeout(() => this.fork(), delay);
    this.options.onCrash(exitCode, delay === undefined);
  }

  private giveUp(): void {
    this.running.resolve(undefined);
    this.emit({ type: 'status' });
  }

  private emit(event: BackendEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

function tell(child: UtilityProcess, message: ToBackend): void {
  child.postMessage(message);
}
