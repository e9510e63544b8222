import type { auditLog as source } from '../en/audit-log.ts';
import type { Translated } from '../shape.ts';

export const auditLog = {
  title: '审计',
  intro: '何人何时做了什么，按发生的先后顺序排列。',
  at: '时间',
  who: '操作人',
  automatic: '系统自动',
  action: '操作',
  patient: '患者',
  details: '详情',
  filters: '筛选',
  from: '从',
  to: '到',
  clear: '清除筛选',
  none: '没有符合筛选条件的内容',
  listSeparator: '、',
  count_other: '{{count, number}} 项',
} as const satisfies Translated<typeof source>;
