import type { ProviderErrorCode, ProviderStatus } from '../../../shared/sync/resource-protocol.ts';

const namedAtMost = 5;

interface SilentHosts {
  code: ProviderErrorCode;
  /** The first of them. */
  names: string[];
  others: number;
}

/** The hosts that did not answer their provider, by what was the matter: a line each would bury a cloud of which nothing answers. */
export function silentHosts(unreachable: ProviderStatus['unreachable']): SilentHosts[] {
  return [...Map.groupBy(unreachable, ({ code }) => code)].map(([code, hosts]) => ({
    code, names: hosts.slice(0, namedAtMost).map(({ providerKey }) => providerKey), others: Math.max(0, hosts.length - namedAtMost),
  }));
}
