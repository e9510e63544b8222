import { Worker } from 'node:worker_threads';
import { AppException } from '../../shared/errors.ts';
import type { TaskMessage } from './storage-worker.ts';
import type { TaskName, Tasks } from './tasks.ts';
import type { Work } from './work.ts';

/**
 * Runs a task in a worker of its own and answers once the worker has ended, so that its files are free. Stopping waits
 * for the SQL statement that is under way, which cannot be interrupted; what the task left behind is the caller's to remove.
 */
export function runTask<Name extends TaskName>(
  name: Name,
  input: Parameters<Tasks[Name]>[0],
  work: Work,
): Promise<ReturnType<Tasks[Name]>> {
  return new Promise((resolve, reject) => {
    work.signal.throwIfAborted();
    // Flags of the main script need not suit a worker, and some make it fail.
    const worker = new Worker(new URL('./storage-worker.ts', import.meta.url), { workerData: { name, input }, execArgv: [] });
    let settle = (): void => reject(new Error('The storage worker ended without an answer'));
    const stop = (): void => {
      settle = () => reject(work.signal.reason as Error);
      void worker.terminate();
    };
    work.signal.addEventListener('abort', stop);
    worker.on('message', (message: TaskMessage<Name>) => {
      if ('progress' in message) work.progress(...message.progress);
      else if ('error' in message) settle = () => reject(new AppException(message.error));
      else settle = () => resolve(message.value);
    });
    worker.on('error', (error) => {
      settle = () => reject(error);
    });
    worker.on('exit', () => {
      work.signal.removeEventListener('abort', stop);
      settle();
    });
  });
}
