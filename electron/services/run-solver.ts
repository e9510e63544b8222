import { Worker } from 'node:worker_threads';
import type { Inventory } from '../../shared/resources/inventory.ts';
import type { PlacementAnswer } from '../../shared/resources/placement/answer.ts';
import type { PlacementOptions } from '../../shared/resources/placement/options.ts';
import type { ReportSubject } from '../../shared/resources/report/make.ts';
import type { TaskAnswer } from '../../shared/resources/tasks/answer.ts';
import type { TaskOptions } from '../../shared/resources/tasks/problem.ts';
import type { ModelName } from '../../shared/scheduling/models.ts';
import type { Progress } from '../../shared/scheduling/run.ts';
import type { CloudReportContent } from '../../shared/schema/cloud-report.ts';
import type { ReportSource } from '../storage/cloud-report-inputs.ts';

interface Question {
  model: ModelName;
  /** Seconds that the model may take. */
  seconds: number;
  seed: number;
  /** Counts looks at the clock in place of time, so that any computer stops at the same one. */
  counted?: boolean;
}
export type PlacementQuestion = Question & { what: 'placement'; inventory: Inventory; options: PlacementOptions };
export type ScheduleQuestion = Question & { what: 'schedule'; inventory: Inventory; options: TaskOptions };
/** A whole report by the model's placement, of what the worker reads itself; content null: not by this one. */
export type ReportQuestion = Question & { what: 'report'; source: ReportSource; subject: ReportSubject };
export type SolverInput = PlacementQuestion | ScheduleQuestion | ReportQuestion;
type AnswerTo<Input extends SolverInput> = Input extends PlacementQuestion ? PlacementAnswer : Input extends ScheduleQuestion ? TaskAnswer : { content: CloudReportContent | null };

export interface SolverAnswer<Answer = PlacementAnswer> {
  answer: Answer;
  /** What the independent checker found wrong. */
  violations: string[];
  seconds: number;
}
/** How whoever asks follows a solve, and stops it. */
export interface SolverWatch {
  signal: AbortSignal;
  progress(progress: Progress): void;
}
/** `began`: it is loaded and has read what it solves; its time runs. */
export type SolverMessage<Answer> = { began: true } | { progress: Progress } | SolverAnswer<Answer>;

/** To load the solver and to read takes seconds on a busy computer: after so many milliseconds without a beginning its worker is ended. */
const mostToBegin = 120_000;
/** HiGHS may overrun its limit inside one call, where nobody can ask it to stop: after this many milliseconds its worker is ended. */
const grace = 5000;
/** What follows upon the model in a report takes its time on a slow computer, and is not in vain. */
const graceOfReport = 60_000;
/** A run whose time is counted in looks takes as long as the computer is slow: there its worker is ended after so many milliseconds. */
const mostCounted = 600_000;

/**
 * Runs one model in a worker of its own, so that calls are answered meanwhile. Stopping lets it answer with the best it has; where
 * it does not in time, the worker is ended and the answer is undefined.
 */
export function runSolver<Input extends SolverInput>(
  input: Input,
  { signal, progress }: SolverWatch,
): Promise<SolverAnswer<AnswerTo<Input>> | undefined> {
  return new Promise((resolve, reject) => {
    const stop = new SharedArrayBuffer(4);
    // Flags of the main script need not suit a worker, and some make it fail.
    const worker = new Worker(new URL('./solver-worker.ts', import.meta.url), { workerData: { ...input, stop }, execArgv: [] });
    let answer: SolverAnswer<AnswerTo<Input>> | undefined;
    let tooLong: NodeJS.Timeout | undefined;
    const endIn = (milliseconds: number) => {
      clearTimeout(tooLong);
      tooLong = setTimeout(() => void worker.terminate(), milliseconds);
    };
    const askToStop = () => {
      Atomics.store(new Int32Array(stop), 0, 1);
      endIn(grace);
    };
    endIn(mostToBegin);
    signal.addEventListener('abort', askToStop);
    if (signal.aborted) askToStop();
    worker.on('message', (message: SolverMessage<AnswerTo<Input>>) => {
      if ('progress' in message) progress(message.progress);
      else if (!('began' in message)) answer = message;
      else if (!signal.aborted) endIn((input.counted === true ? mostCounted : input.seconds * 1000) + (input.what === 'report' ? graceOfReport : grace));
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(tooLong);
      signal.removeEventListener('abort', askToStop);
      resolve(answer);
    });
  });
}
