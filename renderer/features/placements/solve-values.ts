import type { WhatIf } from '../../../shared/contract/placements.ts';
import { resourceDimensions, type ResourceAmounts, type ResourceDimension } from '../../../shared/schema/resource-amounts.ts';
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

/** What may be handed out in all, memory in GiB; an empty field sets no limit. */
export type BudgetValues = Record<ResourceDimension, number | string>;

const most = 2 ** 31 - 1;
const noBudget: BudgetValues = { cpu: '', memory: '', disk: '', bandwidth: '' };
const amountOf = (dimension: ResourceDimension, value: number | string): number => Math.round(Number(value) * (dimension === 'memory' ? 1024 : 1));

/** Whether a field of the budget can be taken for an amount. */
export const isBudget = (dimension: ResourceDimension, value: number | string): boolean =>
  value === '' || (Number(value) >= 0 && amountOf(dimension, value) <= most);

/** The limits on what is placed for the greatest profit; no other objective leaves machines out. */
export function budgetOf({ objective, budget }: Pick<SolveValues, 'objective' | 'budget'>): ResourceAmounts | null {
  if (objective !== 'profit' || resourceDimensions.every((dimension) => budget[dimension] === '')) return null;
  const limit = (dimension: ResourceDimension) => (budget[dimension] === '' ? most : amountOf(dimension, budget[dimension]));
  return { cpu: limit('cpu'), memory: limit('memory'), disk: limit('disk'), bandwidth: limit('bandwidth') };
}

export interface SolveValues extends WhatIfValues {
  objective: PlacementObjective;
  models: ModelName[];
  seconds: number | string;
  bandwidth: number | string;
  reserve: boolean;
  budget: BudgetValues;
}

export const usual: SolveValues = { objective: 'hosts', models: [...modelNames], seconds: 10, bandwidth: 10_000, reserve: false, budget: noBudget, ...noWhatIf };
