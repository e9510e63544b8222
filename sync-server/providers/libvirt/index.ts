import type { MachineMove, Move } from '../../../shared/sync/move.ts';
import { failed, type Applied, type Looked, type Provider } from '../provider.ts';
import { Connection, type LibvirtHost } from './connection.ts';
import { migrate } from './migrate.ts';
import { observe } from './observe.ts';
import { UsageReader } from './usage.ts';

/** Hosts that libvirt runs, each through a connection of its own. A machine is known by its UUID, a host by its name in the settings. */
export function libvirtProvider(hosts: readonly LibvirtHost[], program?: string): Provider {
  const connections = hosts.map((host) => new Connection(host, program));
  const usage = new UsageReader(connections);
  const at = (name: string) => connections.find(({ host }) => host.name === name) ?? failed('not-found');
  return {
    name: 'libvirt',
    moves: ['migrate', 'start', 'shut-down', 'set-processors', 'set-memory'],
    inventory: (signal) => observe(connections, signal),
    sample: (signal) => usage.read(signal),
    async apply(move, signal) {
      if (!('machine' in move)) return failed('not-supported');
      if (move.kind !== 'migrate') return changeMachine(move, await whereIs(connections, move.machine, signal), signal);
      const [from, to] = [at(move.from), at(move.to)];
      await migrate(move.machine, from, to, signal);
      if (!(await to.has(move.machine, signal)) || (await from.has(move.machine, signal))) return failed('not-where-expected');
      return { observedHost: move.to, output: await words(to, signal), undo: { ...move, from: move.to, to: move.from } };
    },
    async look(move, signal) {
      if (!('machine' in move)) return failed('not-supported');
      return move.kind === 'migrate' ? lookForMigration(move, at(move.from), at(move.to), signal) : lookAtMachine(move, await whereIs(connections, move.machine, signal), signal);
    },
    async close() {
      for (const connection of connections) connection.close();
    },
  };
}

const words = async (host: Connection, signal: AbortSignal) => `virsh -c ${host.host.uri} list --all\n${await host.run(signal, 'list', '--all')}`;

async function whereIs(connections: readonly Connection[], machine: string, signal: AbortSignal): Promise<Connection> {
  const found = [];
  // A host that does not answer does not keep the others from being asked.
  for (const connection of connections) if (await connection.has(machine, signal).catch(() => false)) found.push(connection);
  const [only] = found;
  return only === undefined ? failed('not-found') : found.length > 1 ? failed('not-where-expected') : only;
}

async function changeMachine(move: Exclude<MachineMove, { kind: 'migrate' }>, host: Connection, signal: AbortSignal): Promise<Applied> {
  const { machine, provider } = move;
  const [before, wasRunning] = [await host.machine(machine, signal), await host.isRunning(machine, signal)];
  if (before === undefined) return failed('not-found');
  for (const command of commandsFor(move, wasRunning)) await host.run(signal, ...command);
  const undo: Move | null = {
    start: wasRunning ? null : ({ kind: 'shut-down', provider, machine } as const),
    'shut-down': wasRunning ? ({ kind: 'start', provider, machine } as const) : null,
    'set-processors': { kind: 'set-processors', provider, machine, processors: before.processors } as const,
    'set-memory': { kind: 'set-memory', provider, machine, memory: before.memory } as const,
  }[move.kind];
  const { state } = await settled(move, host, signal);
  if (state !== 'after') return failed('refused', await host.run(signal, 'dominfo', machine));
  return { observedHost: host.host.name, output: await host.run(signal, 'dominfo', machine), undo };
}

function commandsFor(move: Exclude<MachineMove, { kind: 'migrate' }>, isRunning: boolean): string[][] {
  const { machine } = move;
  switch (move.kind) {
    case 'start':
      return isRunning ? [] : [['start', machine]];
    case 'shut-down':
      return isRunning ? [['shutdown', machine]] : [];
    case 'set-processors': {
      const set = ['setvcpus', machine, String(move.processors)];
      return isRunning ? [[...set, '--live'], [...set, '--config']] : [[...set, '--maximum', '--config'], [...set, '--config']];
    }
    case 'set-memory': {
      const kibibytes = String(move.memory * 1024);
      const set = ['setmem', machine, kibibytes];
      return isRunning ? [[...set, '--live'], [...set, '--config']] : [['setmaxmem', machine, kibibytes, '--config'], [...set, '--config']];
    }
  }
}

const lookAgainAfter = 500;
const guestAnswersWithin = 120_000;

/** A guest ends by itself, in its own time: looks until it has. */
async function settled(move: Exclude<MachineMove, { kind: 'migrate' }>, host: Connection, signal: AbortSignal): Promise<Looked> {
  for (let waited = 0; ; waited += lookAgainAfter) {
    const looked = await lookAtMachine(move, host, signal);
    if (looked.state === 'after' || move.kind !== 'shut-down' || waited >= guestAnswersWithin) return looked;
    await new Promise((resolve) => setTimeout(resolve, lookAgainAfter));
  }
}

async function lookAtMachine(move: Exclude<MachineMove, { kind: 'migrate' }>, host: Connection, signal: AbortSignal): Promise<Looked> {
  const machine = await host.machine(move.machine, signal);
  if (machine === undefined) return { state: 'neither', observedHost: null };
  const isRunning = await host.isRunning(move.machine, signal);
  const isAfter = {
    start: () => isRunning,
    'shut-down': () => !isRunning,
    'set-processors': () => 'processors' in move && machine.processors === move.processors,
    'set-memory': () => 'memory' in move && machine.memory === move.memory,
  }[move.kind]();
  return { state: isAfter ? 'after' : 'before', observedHost: host.host.name };
}

async function lookForMigration({ machine }: { machine: string }, from: Connection, to: Connection, signal: AbortSignal): Promise<Looked> {
  const [here, there] = [await presence(machine, from, signal), await presence(machine, to, signal)];
  const running = here === 'running' ? from : there === 'running' ? to : undefined;
  // A machine that is left on two hosts runs on one of them: that is where it is.
  const observedHost = here === there ? null : (running?.host.name ?? null);
  if (here === 'unanswered' || there === 'unanswered') return { state: 'unanswered', observedHost };
  if ((here === 'absent') === (there === 'absent')) return { state: 'neither', observedHost };
  return there === 'absent' ? { state: 'before', observedHost: from.host.name } : { state: 'after', observedHost: to.host.name };
}

async function presence(machine: string, host: Connection, signal: AbortSignal): Promise<'absent' | 'stopped' | 'running' | 'unanswered'> {
  try {
    if (!(await host.has(machine, signal))) return 'absent';
    return (await host.isRunning(machine, signal)) ? 'running' : 'stopped';
  } catch {
    return 'unanswered';
  }
}
