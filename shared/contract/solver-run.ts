import { z } from 'zod';
import { modelNames, type ModelName } from '../scheduling/models.ts';
import type { Progress } from '../scheduling/run.ts';

/** One model's part of a run that compares several. */
export interface ModelCourse<Answer> {
  model: ModelName;
  state: 'waiting' | 'running' | 'done';
  /** Seconds that it took, or has taken so far. */
  seconds: number;
  /** The best value and bound over time; at most five hundred points. */
  progress: Progress[];
  /** Absent while it is at work, and where its worker had to be ended. */
  answer?: Answer & { gap: number | null };
  /** What the independent checker found wrong; empty: it agrees. */
  violations: string[];
}

/** What every question to the models says beside its problem. */
export const askedOfModels = {
  models: z.array(z.enum(modelNames)).min(1).max(modelNames.length),
  secondsPerModel: z.number().min(0.1).max(3600),
  seed: z.int().min(0).max(2 ** 31 - 1).default(1),
};
