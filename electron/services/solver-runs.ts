import type { ModelCourse } from '../../shared/contract/solver-run.ts';
import { fail } from '../../shared/errors.ts';
import type { ModelName } from '../../shared/scheduling/models.ts';
import type { Progress } from '../../shared/scheduling/run.ts';
import type { RunningJob } from './job-runner.ts';
import type { SolverAnswer, SolverWatch } from './run-solver.ts';
import type { Workstation } from './workstation.ts';

/** The latest runs of each workstation, newest first. They hold no patient data and end with the program. */
export class KeptRuns<Run extends { jobId: string }> {
  readonly #most: number;
  readonly #runs = new WeakMap<Workstation, Run[]>();

  constructor(most: number) {
    this.#most = most;
  }

  of(workstation: Workstation): Run[] {
    return this.#runs.get(workstation) ?? [];
  }

  keep(workstation: Workstation, run: Run): void {
    this.#runs.set(workstation, [run, ...this.of(workstation)].slice(0, this.#most));
  }

  /** Fails with `job-not-found`. */
  find(workstation: Workstation, jobId: string): Run {
    return this.of(workstation).find((run) => run.jobId === jobId) ?? fail({ code: 'job-not-found' });
  }
}

const pointsKept = 500;

export const waiting = (model: ModelName): ModelCourse<never> => ({ model, state: 'waiting', seconds: 0, progress: [], violations: [] });

/** Where there are too many points every second one goes: the first and the last stay. */
function addProgress(course: ModelCourse<unknown>, progress: Progress): void {
  course.seconds = progress.seconds;
  course.progress.push(progress);
  if (course.progress.length > pointsKept) course.progress = course.progress.filter((_point, index, all) => index % 2 === 0 || index === all.length - 1);
}

/**
 * Asks one model after the other: two at once on one core would ruin each other's time. `take` gets each answer; a model whose
 * worker had to be ended has none. One that is cancelled is told with the best that it had.
 */
export async function solveEach<Answer, Course extends ModelCourse<unknown>>(
  courses: readonly Course[],
  job: RunningJob,
  solve: (model: ModelName, watch: SolverWatch) => Promise<SolverAnswer<Answer> | undefined>,
  take: (course: Course, answer: Answer) => void,
): Promise<void> {
  for (const [index, course] of courses.entries()) {
    const tell = () => job.progress(index, courses.length);
    tell();
    course.state = 'running';
    const result = await solve(course.model, {
      signal: job.signal,
      progress: (progress) => {
        addProgress(course, progress);
        tell();
      },
    }).finally(() => (course.state = 'done'));
    if (result !== undefined) {
      course.seconds = result.seconds;
      course.violations = result.violations;
      take(course, result.answer);
    }
    job.signal.throwIfAborted();
  }
  job.progress(courses.length, courses.length);
}
