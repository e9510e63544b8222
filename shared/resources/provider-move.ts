import type { Host } from '../schema/host.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';
import type { Move as ProviderMove } from '../sync/move.ts';

/** Providers that can move machines at present, each with the keys of its hosts that do not answer. */
export type Movers = ReadonlyMap<string, ReadonlySet<string>>;

/** Why no provider brings a machine somewhere, and which host, provider or group it is about; texts are `placements.obstacle.<code>`. */
export type MoveObstacle =
  | { code: 'machine-by-hand' | 'machine-nowhere' }
  | { code: 'host-by-hand' | 'other-provider' | 'host-silent'; hostId: string }
  | { code: 'provider-not-ready'; provider: string }
  /** It could be moved itself, and stays with one that cannot. */
  | { code: 'affinity'; group: string };

/** Without `movers` each provider is taken to be there and to reach all of its hosts. */
export function moveObstacle(machine: VirtualMachine, from: Host | undefined, to: Host, movers?: Movers): MoveObstacle | undefined {
  const { provider, providerKey } = machine;
  if (provider === undefined || providerKey === undefined) return { code: 'machine-by-hand' };
  if (from === undefined) return { code: 'machine-nowhere' };
  const byHand = [from, to].find((host) => host.providerKey === undefined || host.provider === undefined);
  if (byHand !== undefined) return { code: 'host-by-hand', hostId: byHand.id };
  const foreign = [from, to].find((host) => host.provider !== provider);
  if (foreign !== undefined) return { code: 'other-provider', hostId: foreign.id };
  if (movers === undefined) return undefined;
  const silent = movers.get(provider);
  if (silent === undefined) return { code: 'provider-not-ready', provider };
  const mute = [from, to].find((host) => silent.has(host.providerKey ?? ''));
  return mute && { code: 'host-silent', hostId: mute.id };
}

/** A move in the provider's own names; undefined where none can make it: a machine moves within one provider. */
export function providerMove(machine: VirtualMachine | undefined, from: Host | undefined, to: Host | undefined): ProviderMove | undefined {
  if (machine === undefined || to === undefined || moveObstacle(machine, from, to) !== undefined) return undefined;
  const { provider = '', providerKey = '' } = machine;
  return { kind: 'migrate', provider, machine: providerKey, from: from?.providerKey ?? '', to: to.providerKey ?? '' };
}
