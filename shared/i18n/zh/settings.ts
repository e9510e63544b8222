import type { settings as source } from '../en/settings.ts';
import type { Translated } from '../shape.ts';

export const settings = {
  title: '设置',
  languageHint: '本工作站的语言，对所有使用者生效',
  ownPassword: '您的密码',
  yourPassword: '您当前的密码',
  changePassword: '修改密码',
  passwordChanged: '密码已修改',
  workstation: '本工作站',
  workstationHint: '锁定与备份',
  lockAfter: '无操作后锁定屏幕',
  minutes: '分钟',
  hours: '小时',
  backupEvery: '自动备份间隔',
  backupEveryHint: '0 表示关闭自动备份',
  roomBoardNames: '候诊室屏幕上的患者',
  roomBoard: { masked: '隐去部分姓名，如 王*明', number: '病案号末尾' },
  backupsKept: '保留的自动备份数量',
  backupFolder: '备份文件夹',
  backupFolderHint: '完整路径，最好在另一块磁盘上；留空则与数据库放在一起',
  logo: '徽标',
  logoHint: 'PNG 或 JPEG，最多 200 kB；显示在所有打印件的页眉',
  chooseLogo: '选择图片',
  removeLogo: '移除徽标',
  clinic: '诊所',
  clinicHint: '印在每一页打印件的页首',
} as const satisfies Translated<typeof source>;
