import { Diver } from './diving.ts';
import { roomOf, type Instance } from './instance.ts';
import { candidateAgents } from './local-search.ts';
import { relatedAgents } from './neighbourhood.ts';
import { relaxationScale, type Relaxation } from './relaxation.ts';

/** Agents that are dived for anew at one go: so few that hundreds of dives fit into seconds, so many that they can exchange what each of them lacks. */
const [fewest, most] = [3, 16] as const;
/** Knapsacks that the first dive may take for each second there is, about, and at most: what it leaves undone the dives that follow mend sooner. */
const [knapsacksEach, mostKnapsacks] = [2400, 24_000] as const;

/** Dives that may help nothing before a solution of another search is taken up. */
const patience = 20;

/** Where each item goes after a dive, −1 for nowhere, and what that costs where an item without a place costs twice its price. */
interface Landing {
  agentOf: Int32Array;
  dues: number;
}

/**
 * A dive for all agents, then for a few at a time, which give up all that they have: those that cost most above the bound, by what they hold
 * or by the room that they leave, and others that items of theirs could go to (large neighbourhood search: P. Shaw, 1998). A dive's last
 * agents get what the first ones left, at a high price; so few of them pay it that dives around them soon find who can take it cheaper.
 */
export class DiveSearch {
  readonly #instance: Instance;
  readonly #relaxation: Relaxation;
  readonly #random: () => number;
  readonly #diver: Diver;
  readonly #candidates: Int32Array[];
  readonly #knapsacks: number;
  #home: Landing | undefined;
  /** Dives since one helped. */
  #still = 0;

  /** `seconds`: those that the run may take. */
  constructor(instance: Instance, relaxation: Relaxation, random: () => number, seconds: number) {
    [this.#instance, this.#relaxation, this.#random] = [instance, relaxation, random];
    this.#knapsacks = Math.min(mostKnapsacks, knapsacksEach * seconds);
    this.#diver = new Diver(instance, relaxation);
    this.#candidates = candidateAgents(instance, relaxation.excess, Math.min(instance.agents, 6));
  }

  #landed(agentOf: Int32Array): Landing {
    const { agents, cost } = this.#instance;
    const prices = this.#relaxation.itemPrices;
    return { agentOf, dues: agentOf.reduce((sum, agent, item) => sum + (agent < 0 ? 2 * (prices?.[item] ?? 0) : (cost[item * agents + agent] as number)), 0) };
  }

  /** Whether the last dives have helped nothing. */
  get isStill(): boolean {
    return this.#still >= patience;
  }

  /** Goes on from a cheaper solution of another search once its own has stood still. */
  offer(agentOf: Int32Array): void {
    const landing = this.#landed(agentOf);
    if (this.#home !== undefined && this.isStill && landing.dues < this.#home.dues) [this.#home, this.#still] = [landing, 0];
  }

  /** What each agent costs above the bound; an item without a place counts at its first candidates. */
  #above({ agentOf }: Landing): Float64Array {
    const { agents } = this.#instance;
    const { excess, capacityPrices } = this.#relaxation;
    const held = agentOf.map((agent, item) => (agent >= 0 ? agent : (this.#candidates[item]?.[0] ?? item % agents)));
    const above = roomOf(this.#instance, held).map((room, agent) => Math.max(0, room) * (capacityPrices[agent] as number));
    agentOf.forEach((agent, item) => {
      if (agent >= 0) above[agent] = (above[agent] as number) + (excess[item * agents + agent] as number) / relaxationScale;
      else for (const first of (this.#candidates[item] as Int32Array).subarray(0, 3)) above[first] = (above[first] as number) + 5;
    });
    return above;
  }

  #someAgents(home: Landing): Set<number> {
    const { agents } = this.#instance;
    const random = this.#random;
    const size = Math.min(agents, fewest + Math.floor(random() * (most - fewest + 1)));
    const begin = random() < 0.3 ? 1 : Math.ceil(size / 2);
    const ranked = Array.from(this.#above(home), (above, agent) => ({ agent, score: (above + 1) * random() ** 2 })).sort((one, other) => other.score - one.score);
    return relatedAgents(this.#instance, home.agentOf, this.#candidates, { first: ranked.slice(0, begin).map(({ agent }) => agent), most: size, random });
  }

  /** One dive more: for all agents at first, then for some of them, kept where it is no dearer. Answers where the items are now, −1 for nowhere. */
  next(stop: () => boolean): Int32Array {
    const { agents, items } = this.#instance;
    const [random, home] = [this.#random, this.#home];
    if (home === undefined) {
      const agentOf = new Int32Array(items).fill(-1);
      const each = Math.min(20, this.#knapsacks / agents ** 2);
      this.#diver.dive(agentOf, Array.from({ length: agents }, (_, agent) => agent), { random, stop, looks: { first: Math.round(20 + 3 * each), each } });
      this.#home = this.#landed(agentOf);
      return agentOf;
    }
    const some = this.#someAgents(home);
    const agentOf = home.agentOf.map((agent) => (some.has(agent) ? -1 : agent));
    const looks = 20 + Math.floor(random() * 40);
    this.#diver.dive(agentOf, [...some], { random, stop, looks: { first: looks, each: (looks * some.size) / agents } });
    const landing = this.#landed(agentOf);
    this.#still = landing.dues < home.dues ? 0 : this.#still + 1;
    if (landing.dues <= home.dues) this.#home = landing;
    return (this.#home as Landing).agentOf;
  }
}
