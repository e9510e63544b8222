import { distinct, type Pricer } from './pricing.ts';
import type { Pattern, Stock } from './stock.ts';

/** Copies of a type in pieces of 1, 2, 4 … and a rest, of which some sum to every number from 0 to all. */
interface Pieces {
  type: Int32Array;
  count: Int32Array;
  length: number;
}

function splitInto(pieces: Pieces, order: Int32Array, profits: Float64Array, atMost: Int32Array, weights: Float64Array, capacity: number): void {
  pieces.length = 0;
  for (const type of order) {
    if ((profits[type] as number) <= 0) continue;
    let left = Math.min(atMost[type] as number, Math.floor(capacity / (weights[type] as number)));
    for (let part = 1; left > 0; part *= 2) {
      const count = Math.min(part, left);
      pieces.type[pieces.length] = type;
      pieces.count[pieces.length] = count;
      pieces.length += 1;
      left -= count;
    }
  }
}

const piecesOf = (copies: number) => Math.floor(Math.log2(Math.max(1, copies))) + 1;

/** Steps that pricing one pattern by `knapsackPricer` takes, and bytes that it needs. */
export function knapsackSize({ capacities, sizes, demands }: Stock): number {
  const capacity = capacities[0] as number;
  return demands.reduce((sum, demand, type) => sum + piecesOf(Math.min(demand, Math.floor(capacity / (sizes[type] as number)))) * capacity, 0);
}

/**
 * The bounded knapsack of one dimension by dynamic programming over the capacity, light types first (P. C. Gilmore and
 * R. E. Gomory, 1963). The best pattern for each heaviest type comes with it: up to `wanted` patterns at one go.
 */
export function knapsackPricer(stock: Stock, wanted: number): Pricer {
  const capacity = stock.capacities[0] as number;
  const weights = stock.sizes;
  const order = Int32Array.from(weights.keys()).sort((a, b) => (weights[a] as number) - (weights[b] as number));
  const room = stock.demands.reduce((sum, demand, type) => sum + piecesOf(Math.min(demand, Math.floor(capacity / (weights[type] as number)))), 0);
  const pieces: Pieces = { type: new Int32Array(room), count: new Int32Array(room), length: 0 };
  const width = capacity + 1;
  const taken = new Uint8Array(room * width);
  const best = new Float64Array(width);
  const withPiece = new Float64Array(room);

  function fill(profits: Float64Array): void {
    best.fill(0);
    for (let piece = 0; piece < pieces.length; piece += 1) {
      const type = pieces.type[piece] as number;
      const count = pieces.count[piece] as number;
      const weight = (weights[type] as number) * count;
      const profit = (profits[type] as number) * count;
      const row = piece * width;
      taken.fill(0, row, row + width);
      withPiece[piece] = (best[capacity - weight] as number) + profit;
      for (let space = capacity; space >= weight; space -= 1) {
        const value = (best[space - weight] as number) + profit;
        if (value > (best[space] as number)) {
          best[space] = value;
          taken[row + space] = 1;
        }
      }
    }
  }

  /** The pattern with the given piece, or without it where it is not used, and the best of the lighter pieces. */
  function trace(from: number): Pattern {
    const counts = new Map<number, number>();
    let space = capacity;
    for (let piece = from; piece >= 0; piece -= 1) {
      if (piece !== from && taken[piece * width + space] === 0) continue;
      const type = pieces.type[piece] as number;
      const count = pieces.count[piece] as number;
      counts.set(type, (counts.get(type) ?? 0) + count);
      space -= (weights[type] as number) * count;
    }
    return { types: [...counts.keys()], counts: [...counts.values()] };
  }

  return (profits, atMost, above) => {
    splitInto(pieces, order, profits, atMost, weights, capacity);
    fill(profits);
    const worth: number[] = [];
    for (let piece = 0; piece < pieces.length; piece += 1) if ((withPiece[piece] as number) > above) worth.push(piece);
    worth.sort((a, b) => (withPiece[b] as number) - (withPiece[a] as number));
    return { most: best[capacity] as number, patterns: distinct(worth.slice(0, wanted).map(trace)) };
  };
}
