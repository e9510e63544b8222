import type { schedules as source } from '../en/schedules.ts';
import type { Translated } from '../shape.ts';

/** The tasks on the compute nodes, over time. */
export const schedules = {
  title: '任务排程',
  intro: '由模型计算各任务在何处、何时运行；求解不会改变任何资源。',
  solve: '求解内容',
  objectives: { makespan: '尽早全部完成', utilisation: '节点利用率最高' },
  seconds: '秒数',
  solving: '正在排程任务',
  none: '本次启动以来尚未排程。',
  stopped: '求解在得到排程前结束。',
  schedule: '排程',
  facts: '自 {{when}} 起 · {{model}} · 求得方法 {{foundBy}}，证明方法 {{provedBy}}',
  makespan: '全部完成需',
  bound: '理论最短',
  tasks: '任务数',
  task: '任务',
  start: '开始于',
  end: '结束于',
  cut: '显示 {{count, number}} 个任务中的 {{shown, number}} 个。',
  ganttLabel_other: '{{count, number}} 个任务的甘特图；相同数据见数据视图。',
  tip: '{{name}} · {{node}}\n{{start}} – {{end}}',
} satisfies Translated<typeof source>;
