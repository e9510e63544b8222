import { parentPort, workerData } from 'node:worker_threads';
import type { AppError } from '../../shared/errors.ts';
import { toStorageError } from './sqlite-errors.ts';
import { tasks, type TaskName, type Tasks } from './tasks.ts';

/** From the worker to {@link runTask}. An uncoded error is thrown as it is and ends the worker. */
export type TaskMessage<Name extends TaskName> =
  | { progress: [done: number, total: number] }
  | { error: AppError }
  | { value: ReturnType<Tasks[Name]> };

const { name, input } = workerData as { name: TaskName; input: never };
const tell = (message: TaskMessage<TaskName>): void => parentPort?.postMessage(message);

try {
  const value = tasks[name](input, (done, total) => tell({ progress: [done, total] }));
  tell({ value });
} catch (error) {
  const coded = toStorageError(error);
  if (coded === undefined) throw error;
  tell({ error: coded });
}
