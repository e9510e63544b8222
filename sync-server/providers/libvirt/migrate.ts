import { codeOf, failed, outputOf, ProviderException } from '../provider.ts';
import type { Connection } from './connection.ts';

/**
 * Brings a machine to another host: alive where the driver can, otherwise stopped here and started there. It is never running in
 * two places, which would ruin a disk that both hosts see. Throws where it could not, with everything taken back as far as it went;
 * `left-in-two-places` where even that failed.
 */
export async function migrate(machine: string, from: Connection, to: Connection, signal: AbortSignal): Promise<void> {
  if (!(await from.has(machine, signal)) || (await to.has(machine, signal))) failed('not-where-expected');
  const isRunning = await from.isRunning(machine, signal);
  // Asked first: a `migrate` that fails at once can leave virsh 9 waiting for ever for its own thread.
  if (!(await from.canMigrate(signal))) return carry(machine, from, to, isRunning, signal);
  try {
    await from.runLong(signal, 'migrate', machine, to.host.uri, isRunning ? '--live' : '--offline', '--persistent', '--undefinesource');
  } catch (error) {
    if (codeOf(error) !== 'not-supported') throw error;
    await carry(machine, from, to, isRunning, signal);
  }
}

/** A step, and what takes it back. */
type Step = [take: () => Promise<unknown>, takeBack: () => Promise<unknown>];

async function carry(machine: string, from: Connection, to: Connection, isRunning: boolean, signal: AbortSignal): Promise<void> {
  const definition = await from.definition(machine, signal);
  // Taking back goes on when the time for the move is over: a machine must not stay stopped for that.
  const late = new AbortController().signal;
  const stop: Step = [() => from.run(signal, 'destroy', machine), () => started(from, machine, late)];
  const start: Step = [() => to.run(signal, 'start', machine), () => gone(to, late, 'destroy', machine)];
  const define: Step = [() => to.define(definition, signal), () => gone(to, late, 'undefine', machine)];
  const undefine: Step = [() => from.run(signal, 'undefine', machine), () => from.define(definition, late)];
  await allOrNone([define, ...(isRunning ? [stop, start] : []), undefine]);
}

async function allOrNone(steps: Step[]): Promise<void> {
  const begun: Step[] = [];
  for (const step of steps) {
    begun.unshift(step);
    try {
      await step[0]();
    } catch (error) {
      await takeBack(begun, error);
      throw error;
    }
  }
}

/** The step that failed is taken back too: a program that died may have done it first. */
async function takeBack(steps: Step[], cause: unknown): Promise<void> {
  for (const [, back] of steps) {
    try {
      await back();
    } catch (error) {
      throw new ProviderException('left-in-two-places', `${outputOf(cause)}\n${outputOf(error)}`.trim(), { cause: error });
    }
  }
}

async function started(host: Connection, machine: string, signal: AbortSignal): Promise<void> {
  if (!(await host.isRunning(machine, signal))) await host.run(signal, 'start', machine);
}

async function gone(host: Connection, signal: AbortSignal, command: 'destroy' | 'undefine', machine: string): Promise<void> {
  const isThere = command === 'destroy' ? await host.isRunning(machine, signal) : await host.has(machine, signal);
  if (isThere) await host.run(signal, command, machine);
}
