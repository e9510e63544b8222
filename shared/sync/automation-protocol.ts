import { z } from 'zod';
import { automationSettingsSchema, type AutomationSettings, type ProposalReason } from '../resources/automation.ts';
import type { AlarmState, Trouble } from '../resources/health.ts';
import { idSchema } from '../schema/document.ts';
import type { Move } from './move.ts';

/** What the server does about the cloud by itself, and what is alarming about it: a part of the messages of resource-protocol.ts. */
const actor = { actorId: idSchema };

/**
 * - `waiting`: for an admin. `carried-out`: begun, by an admin's word or by itself; the run says how it went.
 * - `declined`: an admin said no. `outdated`: the cloud was changed before anybody decided.
 */
export const proposalStates = ['waiting', 'carried-out', 'declined', 'outdated'] as const;
export type ProposalState = (typeof proposalStates)[number];

export interface ProposedMove {
  move: Move;
  machine: string;
  from: string;
  to: string;
  /** A text is `resources.move.<reason>`. */
  reason: string;
}

/** Why, what it would bring, by which proof, and the moves. Values are in the unit of the objective. */
export interface ProposalContent {
  reasons: ProposalReason[];
  objective: string;
  model: string;
  seed: number;
  status: string;
  /** As things are; null where a rule or capacity is broken. */
  before: number | null;
  after: number | null;
  bound: number | null;
  seconds: number;
  moves: ProposedMove[];
  /** Machines that are wanted elsewhere and stay: they rest, have no way, or no provider can move them. */
  leftOut: number;
}

export interface Proposal extends ProposalContent {
  proposalId: string;
  state: ProposalState;
  createdAt: string;
  decidedAt: string | null;
  /** A user's id, or `server`. */
  decidedBy: string | null;
  runId: string | null;
}

export interface Alarm extends Trouble {
  alarmId: string;
  state: AlarmState;
  raisedAt: string;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  clearedAt: string | null;
}

export const automationMessageSchemas = {
  'resources.automation': z.strictObject(actor),
  'resources.set-automation': z.strictObject({ ...actor, settings: automationSettingsSchema }),
  /** Looks now, whatever the mode: what comes of it waits for approval. */
  'resources.look': z.strictObject(actor),
  'resources.decide': z.strictObject({ ...actor, proposalId: idSchema, approve: z.boolean() }),
  'resources.acknowledge': z.strictObject({ ...actor, alarmId: idSchema }),
} as const;

export interface AutomationAnswers {
  /** The latest proposals and alarms first. `possible`: this server has providers and threads to solve in. `nothing`: the last look found no move worth making. */
  'resources.automation': { settings: AutomationSettings; possible: boolean; looking: boolean; lastLookAt: string | null; lastOutcome: LookOutcome | null; proposals: Proposal[]; alarms: Alarm[] };
  'resources.set-automation': Record<string, never>;
  'resources.look': { begun: boolean };
  'resources.decide': { state: ProposalState; runId: string | null } | { refused: 'run-under-way' | 'not-waiting' | 'not-supported' };
  'resources.acknowledge': Record<string, never>;
}

/** What came of a look. `impossible`: no placement keeps every rule. `failed`: the solver had none in time. */
export const lookOutcomes = ['proposed', 'carried-out', 'nothing', 'impossible', 'failed', 'run-under-way'] as const;
export type LookOutcome = (typeof lookOutcomes)[number];
