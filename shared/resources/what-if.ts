import { resourceDimensions, type ResourceAmounts } from '../schema/resource-amounts.ts';
import type { HostState } from '../schema/host.ts';
import type { Inventory } from './inventory.ts';

/** The cloud if a host took no more machines and had to be emptied. A host that is not known changes nothing. */
export const drainHost = (inventory: Inventory, hostId: string): Inventory => withState(inventory, hostId, 'draining');

/** The cloud if a host failed: its machines run nowhere. */
export const loseHost = (inventory: Inventory, hostId: string): Inventory => withState(inventory, hostId, 'lost');

function withState(inventory: Inventory, hostId: string, state: HostState): Inventory {
  return { ...inventory, hosts: inventory.hosts.map((host) => (host.id === hostId ? { ...host, state } : host)) };
}

/**
 * The cloud with empty hosts like one that is there, one for each of `ids`, named after it with `+1`, `+2` … Each is taken for
 * a failure domain of its own: where it will stand is not known.
 */
export function addHosts(inventory: Inventory, like: string, ids: readonly string[]): Inventory {
  const model = inventory.hosts.find(({ id }) => id === like);
  if (model === undefined) return inventory;
  const { failureDomain: _where, provider: _provider, providerKey: _key, observedAt: _at, ...rest } = model;
  const added = ids.map((id, index) => ({ ...rest, id, name: `${model.name} +${index + 1}`, state: 'available' as const }));
  return { ...inventory, hosts: [...inventory.hosts, ...added] };
}

/** The cloud if every machine asked for so many per cent more (less, where negative), each amount rounded up to a whole unit. */
export function growDemand(inventory: Inventory, percent: number): Inventory {
  const grown = (demand: ResourceAmounts): ResourceAmounts =>
    Object.fromEntries(resourceDimensions.map((dimension) => [dimension, scaled(demand[dimension], percent)])) as unknown as ResourceAmounts;
  return { ...inventory, virtualMachines: inventory.virtualMachines.map((machine) => ({ ...machine, demand: grown(machine.demand) })) };
}

/** Counted in hundredths of a per cent, so that 10 % of 10 is 1 and not a little more. */
const scaled = (amount: number, percent: number): number => Math.min(2 ** 31 - 1, Math.max(0, Math.ceil((amount * Math.round((100 + percent) * 100)) / 10_000)));
