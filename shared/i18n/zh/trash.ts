import type { trash as source } from '../en/trash.ts';
import type { Translated } from '../shape.ts';

export const trash = {
  title: '回收站',
  intro: '这里的内容都没有丢失。打开一行即可恢复。',
  kind: '类型',
  what: '内容',
  patient: '患者',
  deletedAt: '删除时间',
  deletedBy: '删除人',
  collection: {
    patients: '患者',
    medicalRecords: '病历',
    documentReferences: '文档',
    communications: '消息',
    hosts: '主机',
    virtualMachines: '虚拟机',
    storagePools: '存储池',
    databases: '数据库',
    computeNodes: '计算节点',
    tasks: '任务',
  },
  empty: '回收站是空的',
  restoreQuestion: '从回收站恢复？',
  restoreWhat: '{{kind}}：{{title}}。将连同历史原样恢复。',
  restored: '已恢复',
} as const satisfies Translated<typeof source>;
