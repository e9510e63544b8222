import { derivedId } from '../derived-id.ts';
import { Checks, Violation } from './checks.ts';
import { historyFrom, type History, type Size } from './history.ts';
import type { Parts } from './stores.ts';
import { World } from './world.ts';

export interface Outcome {
  violation?: Violation;
  /** Of everything that happened; the same from the same seed. Empty unless asked for. */
  traceHash: string;
  trace: string[];
}

/** Runs one history from its beginning until everything has come to rest, and checks it all the way. */
export async function run(history: History, parts: Parts, withTrace = false): Promise<Outcome> {
  const trace: string[] = [];
  const checks: Checks = new Checks(() => world as World);
  let world: World | undefined;
  let violation: Violation | undefined;
  try {
    world = await World.create(history, parts, {
      wrote: (at, changeSet, before) => checks.wrote(at, changeSet, before),
      destroyed: () => checks.destroyed(),
      trace: (line) => {
        if (withTrace) trace.push(line());
      },
    });
    await live(world, history, checks);
  } catch (error) {
    violation = error instanceof Violation ? error : new Violation('threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const { store, backups } of world?.workstations ?? []) for (const one of [store, ...backups.map((backup) => backup.store)]) one.close();
  }
  if (violation !== undefined) trace.push(violation.message);
  return { ...(violation !== undefined && { violation }), trace, traceHash: withTrace ? derivedId(trace) : '' };
}

async function live(world: World, history: History, checks: Checks): Promise<void> {
  for (const step of history.steps) {
    await world.perform(step);
    await checks.afterStep();
  }
  const restless = await world.heal();
  if (restless !== undefined) throw new Violation('not-at-rest', restless);
  await checks.afterStep();
  await checks.atEnd();
}

export interface Failure {
  seed: number;
  violation: Violation;
  shrunk: History;
}

/** Runs histories from `seed` on until one fails, which it shrinks. `each` is told after each. */
export async function simulate(
  { seed, histories, parts, size, each = () => undefined }: { seed: number; histories: number; parts: Parts; size?: Size; each?: (done: number) => void },
): Promise<Failure | undefined> {
  for (let done = 0; done < histories; done += 1) {
    const history = historyFrom(seed + done, size);
    const { violation } = await run(history, parts);
    if (violation !== undefined) return { seed: history.seed, violation, shrunk: await shrink(history, violation, parts) };
    each(done + 1);
  }
  return undefined;
}

/** The smallest part of a history, by leaving out ever smaller runs of steps until none can be spared, that breaks the same rule (delta debugging). */
export async function shrink(history: History, { rule }: Violation, parts: Parts): Promise<History> {
  const fails = async (part: History) => (await run(part, parts)).violation?.rule === rule;
  let smallest = history;
  let before: number;
  do {
    before = smallest.steps.length;
    for (let size = Math.ceil(before / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) smallest = await without(smallest, size, fails);
  } while (smallest.steps.length < before);
  return smallest;
}

async function without(history: History, size: number, fails: (part: History) => Promise<boolean>): Promise<History> {
  let smallest = history;
  for (let from = 0; from < smallest.steps.length; ) {
    const part = { ...smallest, steps: smallest.steps.toSpliced(from, size) };
    if (await fails(part)) smallest = part;
    else from += size;
  }
  return smallest;
}
