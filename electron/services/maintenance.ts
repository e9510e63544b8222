import type { CallParsed } from '../../shared/contract/index.ts';
import type { HostInService } from '../../shared/contract/maintenance.ts';
import { fail } from '../../shared/errors.ts';
import { machinesByHost } from '../../shared/resources/inventory.ts';
import type { Host } from '../../shared/schema/host.ts';
import type { Context } from './context.ts';
import { contentOf, visibleDocument } from './documents.ts';
import { inventoryOf } from './inventory.ts';

/** Every host, those that are not simply available first. */
export function hostsInService({ store }: Context): HostInService[] {
  const { hosts, virtualMachines } = inventoryOf(store);
  const byHost = machinesByHost(virtualMachines);
  const rows = hosts.map((host) => toHostInService(host, byHost.get(host.id)?.length ?? 0));
  return [...rows.filter(({ state }) => state !== 'available'), ...rows.filter(({ state }) => state === 'available')];
}

/** Fails with `not-found`, `stale-revision`, or `host-not-empty` for one that is to be switched off while machines are on it. */
export function setHostState(context: Context, { id, rev, state }: CallParsed<'maintenance.setState'>): HostInService {
  const { store, actor } = context;
  const host = visibleDocument(context, 'hosts', id);
  const machines = inventoryOf(store).virtualMachines.filter(({ hostId }) => hostId === id).length;
  if (state === 'maintenance' && machines > 0) return fail({ code: 'host-not-empty', machines });
  const saved = store.commit({ actor, action: 'resource.saved' }, (transaction) => transaction.update('hosts', id, { ...contentOf(host), state }, { over: rev }));
  return toHostInService(saved, machines);
}

const toHostInService = ({ id, rev, name, state, vanishedAt }: Host, machines: number): HostInService => ({
  id, rev, name, state, machines, isSafe: machines === 0 && (state === 'draining' || state === 'maintenance'), ...(vanishedAt !== undefined && { vanishedAt }),
});
