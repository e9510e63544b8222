import type { exports as source } from '../en/exports.ts';
import type { Translated } from '../shape.ts';

export const exports = {
  title: '导出',
  intro: '供表格软件使用的 CSV，或供其他医疗系统使用的 FHIR。',
  what: '导出什么？',
  patients: '患者',
  records: '病历',
  charts: '完整病案（FHIR R4，每行一个资源）',
  bornFrom: '出生日期从',
  bornTo: '出生日期到',
  warning: '文件不加密：得到文件的人都能阅读。导出会记入审计。',
  start: '生成文件',
  writing: '正在生成文件',
  save: '保存文件',
  saved: '文件已交由系统保存',
  fileName: {
    patients: '患者',
    records: '病历',
    charts: '病案-fhir',
    chart: '病案-fhir',
  },
} as const satisfies Translated<typeof source>;
