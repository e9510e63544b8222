import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A part of the bench in a process of its own, so that its work does not weigh on the clock of another. */
export interface Child {
  pid: number;
  /** Asks over Node's message channel; rejects when the work failed there or the process ended. */
  ask<Value>(name: string, input?: unknown): Promise<Value>;
  end(): Promise<void>;
}

type Answer = { id: number; value?: unknown; failure?: string };
interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Starts `./<name>.ts`; answers once it serves. */
export async function startChild(name: string, parameters: string[] = []): Promise<Child> {
  const child = fork(fileURLToPath(new URL(`${name}.ts`, import.meta.url)), parameters, { stdio: ['ignore', 2, 2, 'ipc'] });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const ended = once(child, 'exit').then(([code]) => {
    process.off('exit', kill);
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended with ${code as number | null}`));
    waiting.clear();
  });
  child.on('message', ({ id, value, failure }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) one?.resolve(value);
    else one?.reject(new Error(`${name}: ${failure}`));
  });
  const answered = (id: number) => new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ready = answered(0);
  await ready;
  return {
    pid: child.pid as number,
    ask: <Value>(work: string, input?: unknown) => {
      asked += 1;
      const answer = answered(asked);
      if (child.connected) child.send({ id: asked, name: work, input });
      else waiting.get(asked)?.reject(new Error(`${name} is gone`));
      return answer as Promise<Value>;
    },
    async end() {
      if (child.connected) child.disconnect();
      const impatient = setTimeout(kill, 20_000);
      await ended;
      clearTimeout(impatient);
    },
  };
}

/** In the process: does what is asked by name, until the one who asks is gone. */
export function serve(works: Record<string, (input: never) => unknown>, close: () => Promise<unknown>): void {
  const send = (answer: Answer) => void (process.connected && process.send?.(answer));
  process.on('message', ({ id, name, input }: { id: number; name: string; input: never }) => {
    void (async () => works[name]?.(input))().then(
      (value) => send({ id, value }),
      (error: unknown) => send({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => void close().finally(() => process.exit(0)));
  send({ id: 0 });
}
