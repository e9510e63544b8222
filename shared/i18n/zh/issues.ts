import type { issues as source } from '../en/issues.ts';
import type { Translated } from '../shape.ts';

export const issues = {
  required: '请填写此项',
  'too-long': '内容过长：最多 {{limit}} 个字符',
  'out-of-range': '超出可能的范围',
  'invalid-date': '日期不存在；请按 YYYY-MM-DD 填写',
  'date-in-future': '日期在未来',
  'invalid-number': '请输入整数',
  'invalid-phone': '只能包含数字、空格和 + ( ) -',
  'invalid-national-id': '身份证号无效：应为 18 位且校验码正确',
  'differs-from-national-id': '与身份证号中的出生日期不一致',
  'invalid-photo': '请选择 JPEG、PNG 或 WebP 图片',
  'invalid-username': '只能包含文字、数字、点、连字符和下划线',
  'password-too-short': '至少 {{limit}} 个字符；可以用一句短语',
  'discharge-before-admission': '出院日期早于入院日期',
  'unreadable-characters': '含有无法识别的字符，请检查文件编码',
  'unexpected-line-break': '含有换行，可能缺少引号',
  'unknown-gender': '无法识别的性别，请填写男、女、其他或未知',
  'invalid-age': '不是有效的年龄，请填写整数岁',
  'broken-quote': '此行的引号没有正确闭合',
  'cell-count': '有 {{found}} 个单元格，而表头有 {{expected}} 个',
  'row-too-long': '此行过长，无法作为一行读取',
  'invalid-folder': '不是可以写入的文件夹，请填写完整路径',
  'mistyped-recovery-key': '输入有误：有字符错误或缺失',
  invalid: '该值不可用',
} as const satisfies Translated<typeof source>;
