import type { Task } from '../../schema/task.ts';
import type { Inventory } from '../inventory.ts';
import type { ScheduledTask, TaskAnswer } from './answer.ts';
import type { TaskOptions } from './problem.ts';

/** What the checker found wrong, and with which task. */
export interface TaskViolation {
  code: 'wrong-tasks' | 'unknown-node' | 'node-state' | 'wrong-processors' | 'too-short' | 'too-early' | 'overlap' | 'priority' | 'moved-while-running' | 'wrong-value' | 'bound-beyond-value' | 'wrong-status';
  taskId: string | null;
}

const bar = (gantt: readonly ScheduledTask[], id: string) => gantt.find(({ taskId }) => taskId === id);
/** Half a microsecond: bars are whole ticks of a thousandth or more. */
const slack = 5e-7;

function checkBar({ computeNodes }: Inventory, { from }: TaskOptions, task: Task, { computeNodeId, processors, start, end }: ScheduledTask): TaskViolation[] {
  const wrong = (code: TaskViolation['code']): TaskViolation => ({ code, taskId: task.id });
  const node = computeNodes.find(({ id }) => id === computeNodeId);
  if (node === undefined) return [wrong('unknown-node')];
  const found: TaskViolation[] = [];
  const alive = computeNodes.some(({ id, state }) => id === task.computeNodeId && (state === 'available' || state === 'draining'));
  const running = task.state === 'running' && alive;
  if (running && task.computeNodeId !== computeNodeId) found.push(wrong('moved-while-running'));
  if (!running && node.state !== 'available') found.push(wrong('node-state'));
  if (!running && (new Set(processors).size !== (task.processors ?? 1) || processors.some((each) => each < 0 || each >= node.processors))) found.push(wrong('wrong-processors'));
  const whole = task.times?.[node.id] ?? task.work / node.speed;
  const gone = running && task.startedAt !== undefined ? Math.max(0, (Date.parse(from) - Date.parse(task.startedAt)) / 1000) : 0;
  if (end - start < whole - gone - slack) found.push(wrong('too-short'));
  if (!running && task.releaseAt !== undefined && start < (Date.parse(task.releaseAt) - Date.parse(from)) / 1000 - slack) found.push(wrong('too-early'));
  return found;
}

/** Two tasks that share a processor: one after the other, and the more pressing first if it could have begun as well. */
function checkPair(a: Task, b: Task, first: ScheduledTask, then: ScheduledTask, from: number): TaskViolation[] {
  if (first.computeNodeId !== then.computeNodeId || !first.processors.some((each) => then.processors.includes(each))) return [];
  const found: TaskViolation[] = first.end > then.start + slack ? [{ code: 'overlap', taskId: b.id }] : [];
  const could = b.releaseAt === undefined || (Date.parse(b.releaseAt) - from) / 1000 <= first.start - slack;
  const pressing = (b.priority ?? 0) > (a.priority ?? 0) && a.state !== 'running' && b.state !== 'running' && (b.processors ?? 1) <= (a.processors ?? 1);
  return pressing && could && then.start > first.start ? [...found, { code: 'priority', taskId: b.id }] : found;
}

/** Everything that is wrong with an answer, from the documents alone and by no code of the models; none: the checker agrees. Looks at every pair of tasks. */
export function checkTasks(inventory: Inventory, options: TaskOptions, answer: TaskAnswer): TaskViolation[] {
  const { gantt, status, makespan, makespanBound, value, bound, reason } = answer;
  const wrong = (code: TaskViolation['code']): TaskViolation => ({ code, taskId: null });
  if (gantt === null) return value !== null || (status === 'infeasible') !== (reason !== null) || status === 'optimal' || status === 'feasible' ? [wrong('wrong-status')] : [];
  const tasks = inventory.tasks.filter(({ state }) => state === 'waiting' || state === 'running');
  if (gantt.length !== tasks.length || tasks.some(({ id }) => bar(gantt, id) === undefined)) return [wrong('wrong-tasks')];
  const bars = tasks.map((task) => ({ task, at: bar(gantt, task.id) as ScheduledTask })).sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  const found = bars.flatMap(({ task, at }) => checkBar(inventory, options, task, at));
  bars.forEach((a, index) => {
    for (const b of bars.slice(index + 1)) found.push(...checkPair(a.task, b.task, a.at, b.at, Date.parse(options.from)));
  });
  const end = bars.reduce((latest, { at }) => Math.max(latest, at.end), 0);
  if (makespan !== end || (options.objective === 'makespan' && value !== end)) found.push(wrong('wrong-value'));
  if ((makespanBound ?? 0) > end || (value !== null && bound !== null && (options.objective === 'makespan' ? bound > value : bound < value))) found.push(wrong('bound-beyond-value'));
  if ((status === 'optimal') !== (value === bound) || status === 'infeasible' || status === 'stopped') found.push(wrong('wrong-status'));
  return found;
}
