import { TaskHeap } from './heap.ts';
import type { TaskProblem } from './problem.ts';
import { Slots } from './slots.ts';

export interface Start {
  task: number;
  processors: number[];
  start: number;
  end: number;
}

/**
 * List scheduling on one node: whenever a processor is free, of the tasks that are released the one of greatest priority,
 * then the longest, begins (R. L. Graham, 1969, with release times). Running tasks go on first. A task that needs several
 * processors waits for them; narrower ones may begin meanwhile.
 */
export function scheduleNode({ release, priority, width, fixed, time }: TaskProblem, node: number, tasks: readonly number[], processors: number): Start[] {
  const slots = new Slots(processors);
  const starts: Start[] = [];
  const begin = (task: number, start: number) => {
    const end = start + time(task, node);
    starts.push({ task, processors: slots.take(Math.min(processors, width[task] as number), end), start, end });
  };
  for (const task of tasks) if (fixed[task] === node) begin(task, slots.ready(Math.min(processors, width[task] as number)));
  // From here on a task is its place in the line of priority and length: the heap compares numbers only.
  const free = tasks.filter((task) => fixed[task] !== node);
  const lengths = new Map(free.map((task) => [task, time(task, node)]));
  const length = (task: number) => lengths.get(task) as number;
  const line = Int32Array.from(free).sort((a, b) => (priority[b] as number) - (priority[a] as number) || length(b) - length(a) || a - b);
  const released = (place: number) => release[line[place] as number] as number;
  const coming = Int32Array.from(line.keys()).sort((a, b) => released(a) - released(b) || a - b);
  const waiting = new TaskHeap();
  const earliest = (place: number) => Math.max(released(place), slots.ready(width[line[place] as number] as number));
  let next = 0;
  const admit = (until: number) => {
    for (; next < coming.length && released(coming[next] as number) <= until; next += 1) waiting.push(coming[next] as number);
  };
  while (next < coming.length || waiting.size > 0) {
    const ready = slots.ready(1);
    admit(waiting.size > 0 ? ready : Math.max(ready, released(coming[next] as number)));
    // While the first in line waits for its processors, a more pressing one may be released.
    let chosen = -1;
    while (chosen !== waiting.peek()) {
      chosen = waiting.peek();
      admit(earliest(chosen));
    }
    waiting.pop();
    begin(line[chosen] as number, earliest(chosen));
  }
  return starts;
}

export const endOf = (starts: readonly Start[]): number => starts.reduce((latest, { end }) => Math.max(latest, end), 0);
