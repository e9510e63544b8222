import { z } from 'zod';
import { automationSettingsSchema } from '../resources/automation.ts';
import { idSchema } from '../schema/document.ts';
import { hostStates, type HostState } from '../schema/host.ts';
import type { AutomationAnswers, ProposalState } from '../sync/automation-protocol.ts';
import { call } from './call.ts';
import { nothing } from './page.ts';

/** A host on its way out of service and back. */
export interface HostInService {
  id: string;
  rev: string;
  name: string;
  state: HostState;
  /** Machines that are on it. */
  machines: number;
  /** It takes nothing new and nothing is on it: it can be switched off. */
  isSafe: boolean;
  /** Its provider has not shown it since. */
  vanishedAt?: string;
}

export const maintenanceCalls = {
  'maintenance.hosts': call('resource.read', nothing)<HostInService[]>(),
  /**
   * `draining`: it takes nothing new. `maintenance`: it is switched off, which fails with `host-not-empty` while machines are on it.
   * `available`: it is back. Fails with `not-found` or `stale-revision`.
   */
  'maintenance.setState': call('resource.manage', z.strictObject({ id: idSchema, rev: idSchema, state: z.enum(hostStates).exclude(['lost']) }))<HostInService>(),
  /** What the server does by itself and what alarms it. All of these fail with `not-enrolled`, `server-unreachable` or `server-refused` without one. */
  'automation.state': call('resource.manage', nothing)<AutomationAnswers['resources.automation']>(),
  'automation.set': call('resource.manage', automationSettingsSchema)<null>(),
  /** Has the server look now; what it finds waits for approval. */
  'automation.look': call('resource.manage', nothing)<{ begun: boolean }>(),
  /** Fails with `plan-run-under-way`, or `proposal-not-waiting` where somebody else has decided. */
  'automation.decide': call('resource.manage', z.strictObject({ proposalId: idSchema, approve: z.boolean() }))<{ state: ProposalState; runId: string | null }>(),
  'automation.acknowledge': call('resource.manage', z.strictObject({ alarmId: idSchema }))<null>(),
};
