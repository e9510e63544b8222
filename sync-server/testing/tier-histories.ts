import { Violation } from '../../shared/sync/simulator/checks.ts';
import { Random } from '../../shared/sync/simulator/random.ts';
import type { Replica } from './planted-tiers.ts';
import { TierWorld } from './tier-world.ts';

const weights = {
  write: 50,
  /** Somebody writes to another site, answers, or ends what was shared with it. */
  letter: 25,
  /** A hub goes on with its following for some effects. */
  hub: 60,
  station: 70,
  pass: 6,
  /** The line of a hub to central is cut, or comes back. */
  line: 8,
  /** The line of a workstation to its server. */
  cord: 6,
  /** Somebody saves at a hub while what central tells is about to land there; in busy histories only. */
  between: 10,
  'lost-answer': 6,
  /** A hub dies in the midst of its following. */
  crash: 8,
  backup: 6,
  restore: 4,
} as const;
type Kind = keyof typeof weights;
export interface Step {
  kind: Kind;
  of: number;
  n: number;
}
export interface TierHistory {
  seed: number;
  steps: Step[];
}

const kinds = Object.keys(weights) as Kind[];
const ticks = [1, 1, 2, 3, 5, 9, 40];

/** Some kinds of step are left out or liked, see shared/sync/simulator/history.ts. In a busy history people save where it hurts most. */
export function tierHistory(seed: number, busy = false): TierHistory {
  const random = new Random(seed);
  const bag = kinds.filter((kind) => busy || kind !== 'between').flatMap((kind) => Array.from({ length: weights[kind] * (['write', 'hub', 'station'].includes(kind) ? 1 : random.of([0, 1, 1, 3])) }, () => kind));
  const each = (kind: Kind, count: number, n = 6) => Array.from({ length: count }, (_, of) => ({ kind, of, n }));
  const some = (kind: Kind, count: number) => Array.from({ length: count }, () => ({ kind, of: random.below(64), n: random.below(2 ** 31) }));
  const everywhere = [...each('station', 5), ...each('hub', 2), ...each('hub', 2), ...each('station', 5)];
  // Letters have come, and not always what goes along with them: whoever sent it may have no line for as long as it is shared.
  const sent = [...some('letter', 3), ...each('station', 5, 5), ...(random.chance(50) ? [{ kind: 'cord', of: random.below(5), n: 0 } as const] : []), ...everywhere.slice(5)];
  const answered = [...some('letter', 4), ...each('station', 5, 5), ...each('hub', 2), { kind: 'pass', of: 0, n: random.below(3) } as const];
  const letters = bag.includes('letter') ? [...sent, ...(random.chance(50) ? answered : [])] : [];
  const beginning = random.chance(75) ? [...each('station', 5), ...some('write', 4), ...everywhere, ...letters] : [];
  return { seed, steps: [...beginning, ...Array.from({ length: 20 + random.below(50) }, () => ({ kind: random.of(bag), of: random.below(64), n: random.below(2 ** 31) }))] };
}

/** Runs one history until everything has come to rest; answers what it broke. `replica`: of its hubs, with a bug planted in it. */
export async function runTierHistory({ seed, steps }: TierHistory, replica?: Replica): Promise<Violation | undefined> {
  try {
    const world = await TierWorld.create(seed, replica);
    for (const step of steps) await perform(world, step);
    const unrest = await world.heal();
    if (unrest !== undefined) throw new Violation('not-at-rest', unrest);
    await world.check();
    return undefined;
  } catch (error) {
    return error instanceof Violation ? error : new Violation('threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

export async function perform(world: TierWorld, { kind, of, n }: Step): Promise<void> {
  world.now += 1500;
  switch (kind) {
    case 'write': return world.write(of, n);
    case 'letter': return world.write(of, n, 100);
    case 'hub': return world.runHub(of, ticks[n % ticks.length] as number);
    case 'station': return world.runStation(of, ticks[n % ticks.length] as number);
    case 'pass': return world.pass([60_000, 7_200_000, 1_814_400_000][n % 3] as number);
    case 'line': return void (world.cut[of % world.cut.length] = n % 2 === 0);
    case 'cord': {
      const station = world.stations[of % world.stations.length];
      if (station !== undefined) station.isCut = n % 2 === 0;
      return undefined;
    }
    case 'between': return world.saveBetween(of, n);
    case 'lost-answer': return world.loseAnswer(of);
    case 'crash': return world.crashHub(of);
    case 'backup': return world.backUp(of);
    case 'restore': return world.restore(of, n % 2 === 0);
  }
}

/** The smallest part of a history, by leaving out ever smaller runs of steps, that breaks the same rule. */
export async function shrinkTierHistory(history: TierHistory, { rule }: Violation): Promise<TierHistory> {
  let smallest = history;
  for (let size = Math.ceil(history.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest.steps.length; ) {
      const part = { ...smallest, steps: smallest.steps.toSpliced(from, size) };
      if ((await runTierHistory(part))?.rule === rule) smallest = part;
      else from += size;
    }
  }
  return smallest;
}
