import type { Inventory } from '../inventory.ts';
import type { MovePlan } from '../moves.ts';
import type { PlacementAnswer } from '../placement/answer.ts';
import type { PlacementOptions } from '../placement/options.ts';

/** What a plan was made from and what came of it, so that it can be made again. */
export interface ExportedPlan {
  inventory: Inventory;
  options: PlacementOptions;
  model: string;
  seed: number;
  answer: PlacementAnswer;
  plan: MovePlan;
}

/** JSON with sorted keys and two spaces: the same content gives the same text, whatever order it was put together in. */
export function canonicalJson(value: unknown): string {
  return `${JSON.stringify(value, (_key, each: unknown) => (isObject(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each), 2)}\n`;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

export const planJson = (plan: ExportedPlan): string => canonicalJson(plan);
