import { z } from 'zod';
import { modelNames } from '../scheduling/models.ts';
import { resourceDimensions } from '../schema/resource-amounts.ts';
import { allocationIn } from './allocation.ts';
import { amountsOf } from './amounts.ts';
import type { Inventory } from './inventory.ts';
import { placementObjectives, type PlacementObjective } from './placement/options.ts';

const share = z.number().min(0).max(1);
const minutes = (most: number) => z.int().min(0).max(most);

/**
 * What a server does by itself about where machines are. `approval`: a proposal waits until an admin says yes or no; `automatic`: it is
 * carried out. As vSphere DRS has it (manual, fully automated) and OpenStack Watcher (audits, action plans, auto-trigger).
 */
export const automationModes = ['off', 'approval', 'automatic'] as const;

export const automationSettingsSchema = z.strictObject({
  mode: z.enum(automationModes),
  /** Minutes between two looks on the timer; 0: only when a threshold is passed. */
  everyMinutes: minutes(60 * 24 * 31),
  /** What a look on the timer is to better. */
  objective: z.enum(placementObjectives).exclude(['profit']),
  model: z.enum(modelNames),
  /** Seconds that the model may take. */
  seconds: z.number().min(0.1).max(600),
  /** How far the fullest host may be from the mean of its dimension, and under which share in every dimension a host stands idle; 0: never looked at. */
  imbalance: share,
  idleBelow: share,
  /** The least gain that is worth moving for, and how long what was moved rests: against ping-pong. */
  threshold: share,
  coolDownMinutes: minutes(60 * 24 * 30),
});
export type AutomationSettings = z.infer<typeof automationSettingsSchema>;

export const defaultAutomation: AutomationSettings = {
  mode: 'off', everyMinutes: 0, objective: 'hosts', model: 'portfolio', seconds: 20, imbalance: 0.25, idleBelow: 0.1, threshold: 0.05, coolDownMinutes: 60,
};

/** Why a look was taken, the most pressing first; texts are `automation.reason.<code>`. */
export const proposalReasons = ['drain', 'overcommit', 'imbalance', 'idle-hosts', 'timer', 'asked'] as const;
export type ProposalReason = (typeof proposalReasons)[number];

/** What the placement is to be good at where this is the reason: what must be done costs as few moves as can be. */
export function objectiveFor(reason: ProposalReason, { objective }: Pick<AutomationSettings, 'objective'>): PlacementObjective {
  switch (reason) {
    case 'drain':
    case 'overcommit':
      return 'moves';
    case 'imbalance':
      return 'balance';
    case 'idle-hosts':
      return 'hosts';
    case 'timer':
    case 'asked':
      return objective;
  }
}

const waiting = (since: number | null, now: number, minutesToWait: number) => since !== null && now - since < minutesToWait * 60_000;

/**
 * Why the cloud should be looked at now. `lastLookAt`, `now`: milliseconds since 1970. What a host must be freed of does not wait for
 * anything; thresholds rest for the cool-down after a look, or one that nothing can be done about would be solved for again and again.
 */
export function reasonsToLook(inventory: Inventory, settings: AutomationSettings, { lastLookAt, now }: { lastLookAt: number | null; now: number }): ProposalReason[] {
  if (settings.mode === 'off') return [];
  const reasons: ProposalReason[] = [];
  const isResting = waiting(lastLookAt, now, settings.coolDownMinutes);
  const busy = new Set(inventory.virtualMachines.map(({ hostId }) => hostId));
  const { hosts, cloud } = allocationIn(inventory);
  const open = new Set(inventory.hosts.filter(({ state }) => state === 'available').map(({ id }) => id));
  const rows = hosts.filter(({ hostId }) => open.has(hostId));
  // A minute at least: a drain that no host has room for is looked at again, and not at every turn.
  if (!waiting(lastLookAt, now, 1) && inventory.hosts.some(({ id, state }) => state === 'draining' && busy.has(id))) reasons.push('drain');
  if (isResting) return reasons;
  if (rows.some(({ dimensions }) => resourceDimensions.some((dimension) => dimensions[dimension].share > 1))) reasons.push('overcommit');
  const means = amountsOf((dimension) => cloud[dimension].share);
  if (settings.imbalance > 0 && rows.some(({ dimensions }) => resourceDimensions.some((dimension) => dimensions[dimension].share - means[dimension] > settings.imbalance))) reasons.push('imbalance');
  const idles = rows.filter(({ virtualMachineIds, dimensions }) => virtualMachineIds.length > 0 && resourceDimensions.every((dimension) => dimensions[dimension].share < settings.idleBelow));
  if (idles.length > 0) reasons.push('idle-hosts');
  if (settings.everyMinutes > 0 && !waiting(lastLookAt, now, settings.everyMinutes)) reasons.push('timer');
  return reasons;
}
