import type { print as source } from '../en/print.ts';
import type { Translated } from '../shape.ts';

export const print = {
  print: '打印',
  savePdf: '另存为 PDF',
  back: '返回',
  saved: 'PDF 已保存',
  summary: '患者摘要',
  recordPreview: '打印病历',
  recordTitle: '{{kind}}病历',
  clinicPhone: '电话 {{phone}}',
  printedAtBy: '打印于 {{time}}，打印人 {{name}}',
  unsigned: '未签名：此病历仍为草稿',
  signedBy: '签名：{{name}}，{{time}}',
  amendedBy: '修订：{{name}}，{{time}}。原因：{{reason}}',
  handSignature: '医生签字',
  stamp: '盖章',
  recent: '近期病历',
  recentOf: '共 {{total}} 份病历，以下为最近 {{shown}} 份',
  noRecords: '没有病历。',
  nothing: '—',
} as const satisfies Translated<typeof source>;
