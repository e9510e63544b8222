import type { components as source } from '../en/components.ts';
import type { Translated } from '../shape.ts';

export const components = {
  listCut: '滚动只能看到前 {{count, number}} 行。请用筛选缩小范围后查看其余内容。',
  progress: '{{percent}}%',
  jobRunning: '进行中',
  jobDone: '已完成',
  jobFailed: '失败',
  jobCancelled: '已取消',
  cancelling: '正在停止…',
  confirm: '请确认',
  shortcutKey: '按键 {{key}}',
} as const satisfies Translated<typeof source>;
