import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';
import { checkPlacement } from '../../shared/resources/placement/check.ts';
import { placeMachines } from '../../shared/resources/placement/solve.ts';
import type { SolverInput, SolverMessage } from './run-solver.ts';

const { inventory, options, model, seconds, seed, stop } = workerData as SolverInput & { stop: SharedArrayBuffer };
const stopped = new Int32Array(stop);
const highs = await loadHighs();
// The program's own time does not count what it took to load the solver.
const began = performance.now();
const elapsed = () => (performance.now() - began) / 1000;
const tell = (message: SolverMessage): void => parentPort?.postMessage(message);

const answer = placeMachines(inventory, options, model, {
  elapsed, seconds, seed, highs,
  cancelled: () => Atomics.load(stopped, 0) !== 0,
  progress: (progress) => tell({ progress: { ...progress, seconds: elapsed() } }),
});
tell({ answer, violations: checkPlacement(inventory, options, answer).map((violation) => JSON.stringify(violation)), seconds: elapsed() });
