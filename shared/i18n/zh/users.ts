import type { users as source } from '../en/users.ts';
import type { Translated } from '../shape.ts';

export const users = {
  title: '用户',
  intro: '每个人使用自己的账户，病历和审计才能记录到正确的人。',
  add: '添加用户',
  added: '用户已添加',
  editTitle: '编辑用户',
  editOne: '编辑 {{name}}',
  account: '账户',
  active: '启用',
  closed: '停用',
  activeSwitch: '允许登录',
  activeHint: '停用的账户会保留其病历和姓名。重新启用后需要重设密码。',
  usernameHint: '文字、数字、点、连字符或下划线；之后不能修改',
  firstPassword: '初始密码',
  firstPasswordHint: '至少 10 个字符；由本人在“设置”中修改',
  resetPassword: '重设密码',
  passwordOf: '为 {{name}} 重设密码',
  resetWarning: '当前密码立即失效，该用户将在所有位置退出登录。',
  passwordReset: '新密码已设置',
  confirmPassword: '再次输入密码',
  confirmationDiffers: '两次输入的密码不一致',
  roleHint: {
    admin: '管理用户、设置、备份、导入和审计；可查看但不能书写病历',
    doctor: '书写、签名和修订病历',
    nurse: '登记患者，准备病历供医生签名',
    'front-desk': '登记患者；不能查看病历',
  },
} as const satisfies Translated<typeof source>;
