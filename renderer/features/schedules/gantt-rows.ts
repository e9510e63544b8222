import type { NamedTask } from '../../../shared/contract/schedules.ts';

/** A bar of the chart: a task on one of the processors that it keeps busy. */
export interface GanttBar {
  /** Index into the names of the rows. */
  row: number;
  task: NamedTask;
}

/** One row for each processor that works, by node; a task that keeps several busy has a bar in each. */
export function ganttRows(tasks: readonly NamedTask[]): { names: string[]; bars: GanttBar[] } {
  const rows = new Map<string, number>();
  const names: string[] = [];
  const rowOf = ({ computeNodeId, nodeName }: NamedTask, processor: number): number => {
    const key = `${computeNodeId} ${String(processor)}`;
    const known = rows.get(key);
    if (known !== undefined) return known;
    rows.set(key, names.length);
    names.push(`${nodeName} · ${String(processor + 1)}`);
    return names.length - 1;
  };
  return { bars: tasks.flatMap((task) => task.processors.map((processor): GanttBar => ({ row: rowOf(task, processor), task }))), names };
}
