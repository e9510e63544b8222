import type { Host } from '../schema/host.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';
import type { Move as ProviderMove } from '../sync/resource-protocol.ts';

/** A move in the provider's own names; undefined where none can make it: a machine moves within one provider. */
export function providerMove(machine: VirtualMachine | undefined, from: Host | undefined, to: Host | undefined): ProviderMove | undefined {
  const provider = machine?.provider;
  if (machine?.providerKey === undefined || provider === undefined || from?.providerKey === undefined || to?.providerKey === undefined) return undefined;
  if (from.provider !== provider || to.provider !== provider) return undefined;
  return { kind: 'migrate', provider, machine: machine.providerKey, from: from.providerKey, to: to.providerKey };
}
