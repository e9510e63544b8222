import type { fhir as source } from '../en/fhir.ts';
import type { Translated } from '../shape.ts';

export const fhir = {
  checking: '正在检查资源',
  resources: '资源',
  refused: '不导入',
  kinds: '文件内容',
  kind: '种类',
  fresh: '新增',
  known: '本机已有，保持不变',
  ignored: '以下种类在此不保存：{{types}}',
  problems: '不导入的资源',
  place: '行号或条目',
  run_other: '导入 {{count, number}} 条',
  imported_other: '已导入 {{count, number}} 条',
  importedHint: '外来病历保留原医生姓名；文件未注明签名人的，以您的签名注明由您导入。',
  exportPatient: '导出本病案（FHIR）',
  exportTitle: '将本病案导出为 FHIR',
  exportHint: '包含本病案全部内容的 FHIR R4 资源包，供其他系统使用。',
  collection: {
    patients: '患者',
    appointments: '预约',
    encounters: '就诊',
    medicalRecords: '病历',
    allergyIntolerances: '过敏',
    conditions: '健康问题',
    observations: '生命体征与检验结果',
    medicationRequests: '处方',
    serviceRequests: '医嘱与操作',
    immunizations: '预防接种',
    documentReferences: '文件资料',
  },
} as const satisfies Translated<typeof source>;
