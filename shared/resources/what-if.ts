import type { Host, HostState } from '../schema/host.ts';
import type { ResourceAmounts } from '../schema/resource-amounts.ts';
import { amountsOf } from './amounts.ts';
import type { Inventory } from './inventory.ts';

/** The most that an amount of a document may be. */
const most = 2 ** 31 - 1;

const withState = (inventory: Inventory, hostId: string, state: HostState): Inventory =>
  ({ ...inventory, hosts: inventory.hosts.map((host) => (host.id === hostId ? { ...host, state } : host)) });

/** The inventory with a host that takes nothing new and whose machines are to go; one that is not there changes nothing. */
export const drainHost = (inventory: Inventory, hostId: string): Inventory => withState(inventory, hostId, 'draining');

/** The inventory with a host that failed; its machines still name it, and start anew elsewhere. */
export const loseHost = (inventory: Inventory, hostId: string): Inventory => withState(inventory, hostId, 'lost');

/** The inventory with one more host for each id, in everything else like one that there is; null where that one is not there. */
export function addHosts(inventory: Inventory, likeHostId: string, ids: readonly string[]): Inventory | null {
  const like = inventory.hosts.find(({ id }) => id === likeHostId);
  if (like === undefined) return null;
  const { provider: _provider, providerKey: _key, observedAt: _at, ...own } = like;
  const hosts = ids.map((id, index): Host => ({ ...own, id, name: `${like.name} +${index + 1}`, state: 'available' }));
  return { ...inventory, hosts: [...inventory.hosts, ...hosts] };
}

/** The inventory with every machine asking for so many percent more (less, if negative), rounded up, of these dimensions. */
export function growDemand(inventory: Inventory, percent: number, dimensions: readonly (keyof ResourceAmounts)[] = ['cpu', 'memory', 'disk', 'bandwidth']): Inventory {
  const factor = Math.max(0, 1 + percent / 100);
  const grown = (amount: number) => Math.min(most, Math.ceil(Number((amount * factor).toPrecision(12))));
  const demandOf = (demand: ResourceAmounts) => amountsOf((dimension) => (dimensions.includes(dimension) ? grown(demand[dimension]) : demand[dimension]));
  return { ...inventory, virtualMachines: inventory.virtualMachines.map((machine) => ({ ...machine, demand: demandOf(machine.demand) })) };
}
