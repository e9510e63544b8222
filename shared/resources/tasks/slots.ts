/** When each processor of a node is free, in ticks: a heap for tasks of one processor, looked through for wider ones. */
export class Slots {
  readonly free: Float64Array;
  readonly #heap: Int32Array;

  constructor(processors: number) {
    this.free = new Float64Array(processors);
    this.#heap = Int32Array.from(this.free.keys());
  }

  /** When `width` processors are free together. */
  ready(width: number): number {
    if (width === 1) return this.free[this.#heap[0] as number] as number;
    return this.free.toSorted()[width - 1] ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the `width` processors that are free first until `end`; answers which. */
  take(width: number, end: number): number[] {
    if (width === 1) {
      const slot = this.#heap[0] as number;
      this.free[slot] = end;
      this.#sink(0);
      return [slot];
    }
    const slots = [...this.free.keys()].sort((a, b) => (this.free[a] as number) - (this.free[b] as number) || a - b).slice(0, width);
    for (const slot of slots) this.free[slot] = end;
    this.#heap.sort((a, b) => (this.free[a] as number) - (this.free[b] as number) || a - b);
    return slots.sort((a, b) => a - b);
  }

  #sink(start: number): void {
    const heap = this.#heap;
    const later = (a: number, b: number) => (this.free[a] as number) - (this.free[b] as number) || a - b;
    let at = start;
    const slot = heap[at] as number;
    for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && later(heap[child + 1] as number, heap[child] as number) < 0) child += 1;
      if (later(heap[child] as number, slot) >= 0) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = slot;
  }
}
