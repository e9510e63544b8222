import type { drafts as source } from '../en/drafts.ts';
import type { Translated } from '../shape.ts';

export const drafts = {
  title: '我的草稿',
  none: '没有草稿。',
  form: {
    patient: { new: '登记患者', edited: '修改患者资料' },
    medicalRecord: { new: '新病历', edited: '修改病历' },
    allergyIntolerance: { new: '新增过敏', edited: '修改过敏' },
    condition: { new: '新增健康问题', edited: '修改健康问题' },
    observation: { new: '检验结果', edited: '检验结果' },
    immunization: { new: '新增预防接种', edited: '修改预防接种' },
    orderBasket: { new: '医嘱篮', edited: '医嘱篮' },
  },
  unnamed: '尚无姓名',
  typedAt: '输入于 {{time}}',
  discardOf: '丢弃草稿：{{title}}',
  discardTitle: '丢弃这份草稿？',
  discardExplain: '已输入而未保存的内容将从本机删除。',
  discardConfirm: '丢弃草稿',
  discardCancel: '保留草稿',
  state: {
    waiting: '草稿尚未写入磁盘…',
    saved: '草稿已保存 {{time}}',
    failed: '草稿未能保存，正在重试。',
    failedAfter: '草稿自 {{time}} 起未能保存，正在重试。',
  },
  restored: {
    title: '已恢复您的草稿',
    explain: '输入于 {{time}}，尚未保存。',
    discard: '丢弃并重新开始',
  },
  waiting: {
    title: '有一份未完成的草稿',
    explain: '“{{title}}”，输入于 {{time}}。',
    resume: '继续该草稿',
    startOver: '丢弃草稿，按查找内容重新开始',
  },
  meanwhile: {
    title: '在此期间有人保存了新版本',
    explain: '此表单打开期间保存了更新的版本{{by}}。您输入的内容没有丢失。请逐项选择要保留的文字，然后保存。',
    byWhom: '（{{name}}，{{time}}）',
    mine: '保留我的',
    theirs: '采用已保存的',
    conflict: '双方都有改动',
    theirsOnly: '仅对方有改动',
    apply: '按以上选择继续',
    review: '查看改动',
    empty: '（空）',
  },
} as const satisfies Translated<typeof source>;
