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
  const lengths = new Map(tasks.map((task) => [task, time(task, node)]));
  const length = (task: number) => lengths.get(task) as number;
  const first = (a: number, b: number) => (priority[b] as number) - (priority[a] as number) || length(b) - length(a) || a - b;
  const coming = tasks.filter((task) => fixed[task] !== node).sort((a, b) => (release[a] as number) - (release[b] as number) || a - b);
  const waiting = new TaskHeap((a, b) => first(a, b) < 0);
  const earliest = (task: number) => Math.max(release[task] as number, slots.ready(width[task] as number));
  let next = 0;
  const admit = (until: number) => {
    for (; next < coming.length && (release[coming[next] as number] as number) <= until; next += 1) waiting.push(coming[next] as number);
  };
  while (next < coming.length || waiting.size > 0) {
    const free = slots.ready(1);
    admit(waiting.size > 0 ? free : Math.max(free, release[coming[next] as number] as number));
    // While the first in line waits for its processors, a more pressing one may be released.
    let chosen = -1;
    while (chosen !== waiting.peek()) {
      chosen = waiting.peek();
      admit(earliest(chosen));
    }
    waiting.pop();
    begin(chosen, earliest(chosen));
  }
  return starts;
}

export const endOf = (starts: readonly Start[]): number => starts.reduce((latest, { end }) => Math.max(latest, end), 0);
