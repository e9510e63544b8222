import type { history as source } from '../en/history.ts';
import type { Translated } from '../shape.ts';

export const history = {
  title: '修改历史',
  open: '版本',
  openOf: '{{name}} 的版本',
  codes: '编码',
  recordedAt: '记录时间',
  category: '类别',
  severity: '严重程度',
  interpretation: '标志',
  dueAt: '时间',
  calledAt: '叫号时间',
  endedAt: '结束时间',
  issues: '警示',
  stoppedBy: '终止人',
  conditionCategory: { 'problem-list-item': '健康问题', 'encounter-diagnosis': '就诊诊断' },
  observationCategory: {
    'vital-signs': '生命体征', laboratory: '检验', 'social-history': '社会史', imaging: '影像', procedure: '操作', survey: '问卷', exam: '体格检查', therapy: '治疗', activity: '活动',
  },
  observationStatus: {
    registered: '已登记', preliminary: '初步', final: '最终', amended: '已修订', corrected: '已更正', cancelled: '已取消', 'entered-in-error': '录入错误', unknown: '未知',
  },
  serviceCategory: { laboratory: '检验', imaging: '影像', procedure: '操作', other: '其他' },
  immunizationStatus: { completed: '已接种', 'not-done': '未接种', 'entered-in-error': '录入错误' },
} as const satisfies Translated<typeof source>;
