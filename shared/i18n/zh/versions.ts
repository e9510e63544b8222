import type { versions as source } from '../en/versions.ts';
import type { Translated } from '../shape.ts';

export const versions = {
  column: '版本',
  list: '历次版本，最新的在前',
  newest: '当前',
  version: '第 {{number}} 版',
  savedBy: '{{name}} · {{time}}',
  deleted: '移入回收站',
  from: '从',
  to: '至',
  older: '较早版本',
  newer: '较新版本',
  compare: '第 {{older}} 版到第 {{newer}} 版的改动',
  onlyOne: '只有一个版本。',
  same: '这两个版本内容相同。',
  legend: '删除的文字带删除线，新增的文字带下划线',
  removed: '删除：',
  added: '新增：',
  photoPresent: '图片 {{mark}}',
} as const satisfies Translated<typeof source>;
