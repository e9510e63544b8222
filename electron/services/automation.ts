import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { AutomationAnswers, ProposalState } from '../../shared/sync/automation-protocol.ts';
import type { Context } from './context.ts';
import { ask } from './fleet.ts';

/** What the server does by itself. All of these fail with `not-enrolled`, `server-unreachable` or `server-refused`. */
export const automationState = (context: Context): Promise<AutomationAnswers['resources.automation']> => ask(context, 'resources.automation', {});

export async function setAutomation(context: Context, settings: CallParsed<'automation.set'>): Promise<null> {
  await ask(context, 'resources.set-automation', { settings });
  context.store.record({ actor: context.actor, action: 'automation.updated' });
  return null;
}

export const lookNow = (context: Context): Promise<{ begun: boolean }> => ask(context, 'resources.look', {});

/** Fails too with `plan-run-under-way`, `plan-without-provider` or `proposal-not-waiting`. */
export async function decideProposal(context: Context, decision: CallParsed<'automation.decide'>): Promise<{ state: ProposalState; runId: string | null }> {
  const answer = await ask(context, 'resources.decide', decision);
  if ('refused' in answer) {
    if (answer.refused === 'run-under-way') return fail({ code: 'plan-run-under-way' });
    return fail(answer.refused === 'not-waiting' ? { code: 'proposal-not-waiting' } : { code: 'plan-without-provider', name: '' });
  }
  // An answer that came too late has decided nothing.
  if (answer.state !== 'outdated') context.store.record({ actor: context.actor, action: answer.state === 'declined' ? 'proposal.declined' : 'proposal.approved' });
  return answer;
}

export async function acknowledgeAlarm(context: Context, alarm: CallParsed<'automation.acknowledge'>): Promise<null> {
  await ask(context, 'resources.acknowledge', alarm);
  context.store.record({ actor: context.actor, action: 'alarm.acknowledged' });
  return null;
}
