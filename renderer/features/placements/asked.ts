import type { CallInput } from '../../../shared/contract/index.ts';
import type { ModelName } from '../../../shared/scheduling/models.ts';
import type { ProviderStatus } from '../../../shared/sync/resource-protocol.ts';

/** The answer of one model in one run. */
export interface AskedModel {
  jobId: string;
  model: ModelName;
}

/** The moves to it, under the restraint that is chosen, by the providers that are ready. */
export type AskedPlan = AskedModel & Pick<CallInput<'plans.begin'>, 'movers'> & { threshold: number; coolDown: number };

/** Those that can move machines, as far as they were seen to answer. */
export const moversAmong = (providers: readonly ProviderStatus[]): NonNullable<AskedPlan['movers']> =>
  providers.filter(({ state, moves }) => state !== 'failing' && moves.includes('migrate')).map(({ name, unreachable }) => ({ provider: name, silentHosts: unreachable.map(({ providerKey }) => providerKey) }));
