import { Automation } from '../automation/index.ts';
import { Jobs } from '../jobs/index.ts';
import type { JobWorkers } from '../jobs/workers.ts';
import type { ServiceContext } from '../service/context.ts';
import { Runs } from './runs.ts';

/** What those work with who look after the real cloud; to keep documents needs none of it. */
export interface CloudContext extends ServiceContext {
  runs: Runs;
  jobs: Jobs;
  automation: Automation;
}

export function createCloud(context: ServiceContext, workers: JobWorkers | undefined): CloudContext {
  const atWork = { ...context, runs: new Runs(context), jobs: new Jobs(context, workers) };
  return { ...atWork, automation: new Automation(atWork) };
}
