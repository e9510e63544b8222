import type { schedules as source } from '../en/schedules.ts';
import type { Translated } from '../shape.ts';

/** The tasks on the compute nodes, over time. */
export const schedules = {
  title: '任务排程',
  intro: '由模型计算各任务在何处、何时运行；求解不会改变任何资源。',
  objectives: { makespan: '尽早全部完成', utilisation: '节点利用率最高' },
  solving: '正在将 {{tasks}}排到 {{nodes}}',
  taskCount_other: '{{count, number}} 个任务',
  nodeCount_other: '{{count, number}} 个计算节点',
  asked: '目标：{{objective}}。{{tasks}}，{{nodes}}，自 {{when}} 起。',
  nothingToDo: '没有等待或运行的任务，无需排程。',
  noneFound: '该模型在限定时间内未得到排程。请增加时间，或查看其他模型的结果。',
  schedule: '排程',
  makespan: '全部完成需',
  bound: '理论最短',
  task: '任务',
  start: '开始于',
  end: '结束于',
  cut: '图中显示 {{count, number}} 个任务中的前 {{shown, number}} 个；数据视图包含全部。',
  ganttLabel_other: '{{count, number}} 个任务的甘特图；相同数据见数据视图。',
  tip: '{{name}} · {{node}}\n{{start}} – {{end}}',
} satisfies Translated<typeof source>;
