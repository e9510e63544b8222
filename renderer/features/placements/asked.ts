import type { ModelName } from '../../../shared/scheduling/models.ts';

/** The answer of one model in one run. */
export interface AskedModel {
  jobId: string;
  model: ModelName;
}

/** The moves to it, under the restraint that is chosen. */
export type AskedPlan = AskedModel & { threshold: number; coolDown: number };
