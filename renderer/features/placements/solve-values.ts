import type { WhatIf } from '../../../shared/contract/placements.ts';
import type { PlacementObjective } from '../../../shared/resources/placement/options.ts';
import { modelNames, type ModelName } from '../../../shared/scheduling/models.ts';

/** What is supposed, and not made so. */
export interface WhatIfValues {
  drain: string[];
  lose: string[];
  addLike: string;
  addCount: number | string;
  growthPercent: number | string;
}

const noWhatIf: WhatIfValues = { drain: [], lose: [], addLike: '', addCount: 1, growthPercent: 0 };

export const whatIfOf = ({ drain, lose, addLike, addCount, growthPercent }: WhatIfValues): WhatIf => ({
  drain,
  lose,
  add: addLike === '' || Number(addCount) < 1 ? [] : [{ like: addLike, count: Number(addCount) }],
  growthPercent: Number(growthPercent),
});

export interface SolveValues extends WhatIfValues {
  objective: PlacementObjective;
  models: ModelName[];
  seconds: number | string;
  bandwidth: number | string;
  reserve: boolean;
}

export const usual: SolveValues = { objective: 'hosts', models: [...modelNames], seconds: 10, bandwidth: 10_000, reserve: false, ...noWhatIf };
