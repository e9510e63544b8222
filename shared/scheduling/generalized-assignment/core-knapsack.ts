/** Fillings at one time above which the best so far has to do: numbers without end make more and more of them. */
const mostFillings = 20_000;

/** Partial fillings by rising weight, of which none is as light and as good as another; `node` leads back to how each came about. */
interface Fillings {
  weight: Float64Array;
  gain: Float64Array;
  node: Int32Array;
  length: number;
}

const fillings = (room: number): Fillings => ({ weight: new Float64Array(room), gain: new Float64Array(room), node: new Int32Array(room), length: 0 });

function grown<Row extends Float64Array | Int32Array>(row: Row, room: number): Row {
  const larger = new (row.constructor as new (length: number) => Row)(room);
  larger.set(row);
  return larger;
}

/**
 * The knapsack of one agent by dynamic programming over a core that grows from the item at which a filling by gain per weight breaks off,
 * with bounds (D. Pisinger, A minimal algorithm for the 0-1 knapsack problem, Operations Research 45, 1997). Where many fillings are equally
 * good, as at the prices of a relaxation, the first that leaves no room ends it, long before a table over all room would be full. Very large
 * knapsacks it gives up with the best it has: what it answers is no bound.
 */
export class CoreKnapsack {
  readonly #size: Float64Array;
  readonly #gain: Float64Array;
  readonly #item: Int32Array;
  readonly #share: Float64Array;
  #count = 0;
  #capacity = 0;
  #least = 0;
  #now = fillings(1024);
  #next = fillings(1024);
  /** Where each filling came from, and the place in order that was added or removed. */
  #parent = new Int32Array(4096);
  #place = new Int32Array(4096);
  #nodes = 1;
  #best = 0;
  #bestNode = 0;

  /** For at most so many items. */
  constructor(most: number) {
    this.#size = new Float64Array(most);
    this.#gain = new Float64Array(most);
    this.#item = new Int32Array(most);
    this.#share = new Float64Array(most + 1);
  }

  /** Forgets all items; what gains no more than `least` above the best counts as no gain. */
  begin(capacity: number, least: number): void {
    [this.#count, this.#capacity, this.#least] = [0, capacity, least];
  }

  /** One more item, of a weight that fits and a gain above zero; kept in order of gain per weight. */
  add(item: number, size: number, gain: number): void {
    const [sizes, gains, items, shares] = [this.#size, this.#gain, this.#item, this.#share];
    const share = size === 0 ? Infinity : gain / size;
    let place = this.#count++;
    for (; place > 0 && (shares[place - 1] as number) < share; place -= 1) {
      shares[place] = shares[place - 1] as number;
      sizes[place] = sizes[place - 1] as number;
      gains[place] = gains[place - 1] as number;
      items[place] = items[place - 1] as number;
    }
    [shares[place], sizes[place], gains[place], items[place]] = [share, size, gain, item];
  }

  /** The best items, in no order, and what they bring; undefined where nothing brings more than `known`. */
  solve(known = -1): { items: number[]; gain: number } | undefined {
    const [sizes, gains, count] = [this.#size, this.#gain, this.#count];
    let [load, gain, breaks] = [0, 0, 0];
    for (; breaks < count && load + (sizes[breaks] as number) <= this.#capacity; breaks += 1) {
      load += sizes[breaks] as number;
      gain += gains[breaks] as number;
    }
    this.#nodes = 1;
    [this.#best, this.#bestNode] = gain > known ? [gain, 0] : [known, -1];
    this.#now.length = 1;
    [this.#now.weight[0], this.#now.gain[0], this.#now.node[0]] = [load, gain, 0];
    for (let [below, above] = [breaks - 1, breaks]; this.#now.length > 0 && this.#now.length <= mostFillings && (below >= 0 || above < count); ) {
      if (above < count) {
        above += 1;
        this.#merge(above - 1, sizes[above - 1] as number, gains[above - 1] as number, below, above);
      }
      if (below >= 0 && this.#now.length > 0) {
        below -= 1;
        this.#merge(below + 1, -(sizes[below + 1] as number), -(gains[below + 1] as number), below, above);
      }
    }
    return this.#bestNode < 0 ? undefined : { items: this.#trace(breaks), gain: this.#best };
  }

  /** Each filling as it is and with the item at `place` added or removed; what cannot better the best by the places beyond is left out. */
  #merge(place: number, size: number, gain: number, below: number, above: number): void {
    this.#makeRoom(2 * this.#now.length);
    const [from, to] = [this.#now, this.#next];
    const { weight: weights, gain: gains, node: nodes, length } = from;
    const { weight, gain: brings, node } = to;
    const shareAbove = above < this.#count ? (this.#share[above] as number) : 0;
    const shareBelow = below >= 0 ? (this.#share[below] as number) : Infinity;
    const [parent, places, capacity, least] = [this.#parent, this.#place, this.#capacity, this.#least];
    let [kept, last, best, count] = [0, -Infinity, this.#best, this.#nodes];
    for (let old = 0, changed = 0; old < length || changed < length; ) {
      const oldWeight = old < length ? (weights[old] as number) : Infinity;
      const newWeight = changed < length ? (weights[changed] as number) + size : Infinity;
      const changes = newWeight < oldWeight || (newWeight === oldWeight && (gains[changed] as number) + gain > (gains[old] as number));
      const load = changes ? newWeight : oldWeight;
      const value = changes ? (gains[changed] as number) + gain : (gains[old] as number);
      let at = nodes[changes ? changed++ : old++] as number;
      const left = capacity - load;
      if (value <= last || value + left * (left >= 0 ? shareAbove : shareBelow) <= best + least) continue;
      if (changes) {
        parent[count] = at;
        places[count] = place;
        at = count++;
      }
      if (left >= 0 && value > best) {
        best = value;
        this.#bestNode = at;
      }
      weight[kept] = load;
      brings[kept] = value;
      node[kept++] = at;
      last = value;
    }
    to.length = kept;
    [this.#best, this.#nodes] = [best, count];
    [this.#now, this.#next] = [to, from];
  }

  #makeRoom(room: number): void {
    if (this.#next.weight.length < room) this.#next = fillings(2 * room);
    if (this.#parent.length < this.#nodes + room) {
      this.#parent = grown(this.#parent, 2 * (this.#nodes + room));
      this.#place = grown(this.#place, 2 * (this.#nodes + room));
    }
  }

  #trace(breaks: number): number[] {
    const taken = new Set<number>();
    for (let place = 0; place < breaks; place += 1) taken.add(place);
    for (let at = this.#bestNode; at !== 0; at = this.#parent[at] as number) {
      const place = this.#place[at] as number;
      if (place < breaks) taken.delete(place);
      else taken.add(place);
    }
    return Array.from(taken, (place) => this.#item[place] as number);
  }
}
