import type { sessions as source } from '../en/sessions.ts';
import type { Translated } from '../shape.ts';

export const sessions = {
  signIn: '登录',
  forgot: '忘记密码？',
  waitSeconds: '{{seconds}} 秒后可重试',
  tryAgainNow: '现在可以重试',
  recoverTitle: '用恢复密钥设置新密码',
  recoverHint: '恢复密钥在设置诊所时显示过，应以纸质形式妥善保管。没有恢复密钥时，管理员也可以在“用户”中为您重设密码。',
  recoveryKey: '恢复密钥',
  recoveryKeyHint: '大小写均可，连字符可省略',
  newPassword: '新密码',
  passwordHint: '至少 10 个字符；用一句短语更容易记住',
  setPassword: '设置密码并登录',
  locked: '已锁定',
  lockedFor: '{{name}} 已登录。打开的内容已原样保留。',
  unlock: '解锁',
  otherUser: '退出登录，换其他人登录',
  otherUserHint: '打开的表单将关闭；已输入的内容会保留为 {{name}} 的草稿。',
} as const satisfies Translated<typeof source>;
