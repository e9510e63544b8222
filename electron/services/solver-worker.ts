import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';
import { checkPlacement } from '../../shared/resources/placement/check.ts';
import { placeMachines } from '../../shared/resources/placement/solve.ts';
import { makeCloudReport } from '../../shared/resources/report/make.ts';
import { checkTasks } from '../../shared/resources/tasks/check.ts';
import { scheduleTasks } from '../../shared/resources/tasks/solve.ts';
import type { Run } from '../../shared/scheduling/run.ts';
import { readReportInputs } from '../storage/cloud-report-inputs.ts';
import type { SolverInput, SolverMessage } from './run-solver.ts';

const input = workerData as SolverInput & { stop: SharedArrayBuffer };
/** Of a counted run; about what a computer of this day does in one. */
const looksInSecond = 10_000;
const stopped = new Int32Array(input.stop);
const highs = await loadHighs();
const solve = solverOf(input);
// The program's own time does not count what it took to load the solver and to read.
const began = performance.now();
let looks = 0;
const elapsed = input.counted === true ? () => (looks += 1) / looksInSecond : () => (performance.now() - began) / 1000;
const tell = (message: SolverMessage<unknown>): void => parentPort?.postMessage(message);
const run: Run = {
  elapsed, highs, seconds: input.seconds, seed: input.seed,
  cancelled: () => Atomics.load(stopped, 0) !== 0,
  progress: (progress) => tell({ progress: { ...progress, seconds: elapsed() } }),
};

tell({ began: true });
const { answer, violations } = solve();
tell({ answer, violations: violations.map((violation) => JSON.stringify(violation)), seconds: elapsed() });

/** Of a report, with all that it is made from. */
function solverOf(question: SolverInput): () => { answer: unknown; violations: unknown[] } {
  if (question.what === 'schedule') {
    return () => {
      const answer = scheduleTasks(question.inventory, question.options, question.model, run);
      return { answer, violations: checkTasks(question.inventory, question.options, answer) };
    };
  }
  if (question.what === 'report') {
    const inputs = readReportInputs(question.source, question.subject);
    return () => {
      const { content, violations } = makeCloudReport(inputs, question.subject, question.model, run);
      return { answer: { content }, violations };
    };
  }
  return () => {
    const answer = placeMachines(question.inventory, question.options, question.model, run);
    return { answer, violations: checkPlacement(question.inventory, question.options, answer) };
  };
}
