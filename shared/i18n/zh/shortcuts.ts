import type { shortcuts as source } from '../en/shortcuts.ts';
import type { Translated } from '../shape.ts';

export const shortcuts = {
  palette: '搜索与命令',
  search: '转到搜索框',
  new: '新建（患者、病历、用户）',
  save: '保存',
  undo: '撤销上一次保存',
  insert: '在书写处插入常用文本',
  back: '返回或关闭',
  lock: '锁定屏幕',
  help: '显示此列表',
  tab: '病历的某一分区',
  list: '在列表中移动',
  open: '打开所选行',
  snippet: '按快捷词输入常用文本',
  move: '在预约表中拿起并放下预约',
  queue: '候诊列表中：叫号、优先级、结束就诊',
} as const satisfies Translated<typeof source>;
