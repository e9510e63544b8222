import { expect, test } from 'vitest';
import type { NamedTask } from '../../../shared/contract/schedules.ts';
import { ganttRows } from './gantt-rows.ts';

const task = (name: string, computeNodeId: string, processors: number[]): NamedTask => ({ taskId: name, name, computeNodeId, nodeName: computeNodeId, processors, start: 0, end: 1 });

test('every processor that works has a row, and a wide task a bar in each of its rows', () => {
  const { names, bars } = ganttRows([task('a', 'n', [0, 1]), task('b', 'n', [1]), task('c', 'm', [0])]);
  expect(names).toEqual(['n · 1', 'n · 2', 'm · 1']);
  expect(bars.map(({ row, task: { name } }) => [name, row])).toEqual([['a', 0], ['a', 1], ['b', 1], ['c', 2]]);
});
