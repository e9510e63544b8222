import type { MovePlan } from '../moves.ts';
import { byId, type Inventory } from '../inventory.ts';
import { domainName, domainXml } from './libvirt.ts';

/** A word for `sh` that stands for itself, whatever is in it (POSIX Shell Command Language, 2.2.2). */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** A comment ends with its line: names with line breaks must not begin a command. */
const comment = (text: string) => `# ${text.replace(/\p{Cc}/gu, ' ')}`;

const connection = (host: string) => `qemu+ssh://${encodeURIComponent(host)}/system`;

/**
 * The moves of a plan as a script for `sh`, in their order: live migrations between hosts, and definitions of machines that
 * run nowhere, which get their disks and networks, unknown here, before somebody starts them. It stops at the first failure, so that no later move relies on room that was not made.
 */
export function virshScript({ hosts, virtualMachines }: Inventory, plan: MovePlan): string {
  const machines = byId(virtualMachines);
  const names = byId(hosts);
  const hostName = (id: string) => names.get(id)?.name ?? id;
  const lines = plan.moves.flatMap(({ virtualMachineId, from, to, reason, memory, seconds }, index) => {
    const machine = machines.get(virtualMachineId);
    if (machine === undefined) return [];
    const { name } = machine;
    const source = from === null ? undefined : hostName(from);
    const said = comment(`${index + 1}/${plan.moves.length} ${name}: ${source ?? '-'} -> ${hostName(to)} (${reason}, ${memory} MiB, ${Math.ceil(seconds)} s)`);
    const target = connection(hostName(to));
    // Escaped, a name holds no line break and so cannot end the here-document.
    if (source === undefined) return [said, `virsh -c ${quoted(target)} define /dev/stdin <<'DOMAIN'`, `${domainXml(machine)}DOMAIN`];
    return [said, `virsh -c ${quoted(connection(source))} migrate --live --persistent --undefinesource -- ${quoted(domainName(name))} ${quoted(target)}`];
  });
  const left = plan.leftOut.map(({ virtualMachineId, reason }) => comment(`left out: ${machines.get(virtualMachineId)?.name ?? virtualMachineId} (${reason})`));
  return ['#!/bin/sh', 'set -eu', ...lines, ...left, ''].join('\n');
}
