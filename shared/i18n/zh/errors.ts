import type { errors as source } from '../en/errors.ts';
import type { Translated } from '../shape.ts';

export const errors = {
  'invalid-input': {
    title: '有些内容需要更正',
    safe: '尚未保存。您输入的内容仍在。',
    todo: '请更正标出的栏目后再次保存。',
  },
  'unknown-call': {
    title: '工作站不认识这项操作',
    safe: '已保存的内容是安全的。',
    todo: '请关闭 Outpost 后重新打开。如再次出现，请告知管理员。',
  },
  'untrusted-sender': {
    title: '已拒绝来自 Outpost 以外的请求',
    safe: '没有任何内容被读取或更改。',
    todo: '请关闭此窗口，重新打开 Outpost。',
  },
  unauthenticated: {
    title: '您尚未登录',
    safe: '已保存的内容是安全的。',
    todo: '请登录后重试。',
  },
  locked: {
    title: '屏幕已锁定',
    safe: '您打开的表单已保留。',
    todo: '请用密码解锁后重试。',
  },
  forbidden: {
    title: '您的角色无权进行此操作',
    safe: '没有任何更改。',
    todo: '请找有权限的同事操作，或请管理员调整您的角色。',
  },
  'not-found': {
    title: '该条目已不在此处',
    safe: '没有任何更改。',
    todo: '它可能已移入回收站。请返回后重新查找。',
  },
  'stale-revision': {
    title: '其他人刚刚保存了更新的版本',
    safe: '没有覆盖任何内容。您输入的内容仍在。',
    todo: '请查看新版本，再决定用您的内容保存，还是采用对方的版本。',
  },
  'record-signed': {
    title: '该病历已签名',
    safe: '已签名的内容没有改动。',
    todo: '请改用修订；原文会保留。',
  },
  'undo-nothing': {
    title: '没有可以撤销的内容',
    safe: '没有任何改动。',
    todo: '保存后的几分钟内可以撤销；之后请查看该文档的历史版本。',
  },
  'undo-signed': {
    title: '已签名的内容不能撤销',
    safe: '已签名的病历和医嘱保持原样。',
    todo: '请修订病历或停止医嘱，并说明原因。',
  },
  'undo-changed-since': {
    title: '此后内容已被修改或已有后续工作',
    safe: '没有任何改动，较新的内容保持不变。',
    todo: '请打开后手工更正；每个版本都在历史记录中。',
  },
  'undo-not-offered': {
    title: '此操作不能一键撤销',
    safe: '没有任何改动。',
    todo: '请到原来的界面修改。',
  },
  'record-not-signed': {
    title: '该病历尚未签名',
    safe: '没有任何更改。',
    todo: '请直接编辑，或先签名。',
  },
  'patient-deleted': {
    title: '该患者在回收站中',
    safe: '病历资料原样保留。',
    todo: '请先从回收站恢复该患者。',
  },
  'wrong-credentials': {
    title: '用户名或密码不正确',
    safe: '没有任何更改。',
    todo: '请检查大小写和输入法后重试。',
  },
  'account-not-here-yet': {
    title: '用户名或密码不正确，或账户尚未到达',
    safe: '没有任何更改。正在从服务器接收首次副本，用户账户随之到达。',
    todo: '请稍候再试。如仍不行，请检查大小写和输入法。',
  },
  'sign-in-delayed': {
    title: '失败次数过多',
    safe: '没有任何更改。等待是为了保护患者资料。',
    todo: '请等待 {{retryAfterSeconds}} 秒后重试。',
  },
  'wrong-recovery-key': {
    title: '此恢复密钥无法打开本诊所的数据',
    safe: '没有任何更改。',
    todo: '请与打印的密钥逐组核对。更新密钥后，旧密钥即失效。',
  },
  'username-taken': {
    title: '该用户名已被使用',
    safe: '尚未保存。您输入的内容仍在。',
    todo: '请换一个用户名。',
  },
  'last-admin': {
    title: '诊所至少需要一名启用的管理员',
    safe: '没有任何更改。',
    todo: '请先将另一位用户设为管理员。',
  },
  'already-set-up': {
    title: '此工作站已完成设置',
    safe: '现有诊所没有改动。',
    todo: '请直接登录。',
  },
  'not-set-up': {
    title: '此工作站还没有诊所',
    safe: '没有任何更改。',
    todo: '请先设置诊所。',
  },
  'database-damaged': {
    title: '数据库已损坏',
    safe: 'Outpost 已及时停止，避免情况恶化。备份没有改动。',
    todo: '请恢复最新的已校验备份。',
  },
  'database-newer': {
    title: '数据库由更新版本的 Outpost 写入',
    safe: '没有任何更改，全部数据原样保留。',
    todo: '请安装更新版本的 Outpost（数据版本 {{found}}，本版本最高支持 {{supported}}）。',
  },
  'database-key-lost': {
    title: '找不到数据库的密钥',
    safe: '数据完好，只是处于锁定状态。',
    todo: '请输入诊所的恢复密钥，或恢复备份。',
  },
  'profile-in-use': {
    title: '这份数据已在另一个 Outpost 中打开',
    safe: '没有任何更改。',
    todo: '请使用已打开的窗口，或先将其关闭。',
  },
  'disk-full': {
    title: '磁盘已满',
    safe: '本次未能保存；此前保存的内容都是安全的。您输入的内容仍在。',
    todo: '请清理磁盘空间后再次保存。',
  },
  'storage-unavailable': {
    title: '磁盘无法写入',
    safe: '本次未能保存；此前保存的内容都是安全的。您输入的内容仍在。',
    todo: '请检查磁盘是否已连接且允许写入，然后重试。',
  },
  'backup-damaged': {
    title: '此备份已损坏',
    safe: '当前数据没有改动。',
    todo: '请选择其他备份。',
  },
  'backup-newer': {
    title: '此备份由更新版本的 Outpost 写入',
    safe: '当前数据没有改动。',
    todo: '请安装更新版本的 Outpost（数据版本 {{found}}，本版本最高支持 {{supported}}）。',
  },
  'backup-not-found': {
    title: '备份文件夹中已没有此备份',
    safe: '当前数据没有改动。',
    todo: '请连接存放备份的磁盘，或选择其他备份。',
  },
  'file-not-csv': {
    title: '无法将此文件读取为表格',
    safe: '没有导入任何内容。',
    todo: '请在表格软件中另存为 CSV 后重新选择。',
  },
  'too-many-tasks': {
    title: '任务过多，无法一次排程',
    safe: '没有求解，也没有更改任何内容。',
    todo: '共有 {{count, number}} 个任务等待或运行，模型最多处理 {{limit, number}} 个。请将不再需要的任务移至回收站，然后重新求解。',
  },
  'plan-outdated': {
    title: '制定此计划后云资源已有变化',
    safe: '没有迁移任何虚拟机。',
    todo: '请重新求解，并查看新的计划。',
  },
  'plan-supposed': {
    title: '此计划针对的是假设的云环境',
    safe: '没有迁移任何虚拟机。',
    todo: '请先完成实际变更（添加主机、录入需求），再去掉假设条件重新求解。',
  },
  'plan-without-provider': {
    title: '服务器无法执行此计划中的全部迁移',
    safe: '没有迁移任何虚拟机。',
    todo: '{{name}} 不属于任何能够迁移它的资源提供方。请手动迁移后将计划记为已完成，或导出此计划。',
  },
  'plan-run-under-way': {
    title: '服务器正在执行另一个计划',
    safe: '没有为此计划迁移任何虚拟机。',
    todo: '请等待另一个计划完成，或将其停止。',
  },
  'proposal-not-waiting': {
    title: '该提议已有人决定',
    safe: '您的回答没有迁移任何虚拟机。',
    todo: '请再看一次列表：可能已有他人答复，或服务器已撤回。',
  },
  'host-not-empty': {
    title: '该主机上仍有虚拟机',
    safe: '主机状态没有改变。',
    todo: '请先腾空主机：还有 {{machines}} 台虚拟机需要移走。',
  },
  'file-not-fhir': {
    title: '该文件中没有 FHIR 资源',
    safe: '没有导入任何内容。',
    todo: '请选择 FHIR R4 的 Bundle（JSON）文件，或每行一个资源的 NDJSON 文件。',
  },
  'file-not-inventory': {
    title: '此文件中没有资源',
    safe: '没有导入任何内容。',
    todo: 'JSON 文件需要包含名为 hosts、virtualMachines、storagePools、databases、computeNodes 或 tasks 的列表。可先导出一份查看格式。',
  },
  'file-too-many-rows': {
    title: '此文件中的资源过多',
    safe: '没有导入任何内容。',
    todo: '请拆分为每个不超过 {{limit, number}} 项资源的文件。',
  },
  'file-wrong-columns': {
    title: '此文件缺少必要的列',
    safe: '没有导入任何内容。',
    todo: '请在首行加上这些列：{{missing}}。同时请确认文件无误；如需选择资源类型，请确认类型正确。',
  },
  'file-too-large': {
    title: '文件过大',
    safe: '没有导入任何内容。',
    todo: '请拆分为每个不超过 {{limitMegabytes}} MB 的文件。',
  },
  'attachment-too-large': {
    title: '文件过大',
    safe: '没有保存任何内容。',
    todo: '请选择不超过 {{limitMegabytes}} MB 的文件；可降低扫描分辨率，或分页保存。',
  },
  'attachment-not-supported': {
    title: '不支持保存这种文件',
    safe: '没有保存任何内容。',
    todo: '请选择 PDF、图片（PNG、JPEG、WebP）或纯文本文件。',
  },
  'attachment-not-here': {
    title: '该文档尚未到达本机',
    safe: '文档在添加它的工作站上是安全的。',
    todo: '到达后即可打开；该工作站与本机都需要连上服务器。',
  },
  'attachment-lost': {
    title: '文件没有完整送达',
    safe: '没有保存任何内容。',
    todo: '请重新选择文件。',
  },
  'file-empty': {
    title: '文件是空的',
    safe: '没有导入任何内容。',
    todo: '请选择包含表头和至少一行数据的文件。',
  },
  'import-not-found': {
    title: '此次导入已关闭',
    safe: '此前已导入的行均已保留。',
    todo: '请重新选择文件。',
  },
  'import-changed-since': {
    title: '部分导入的内容之后被修改过',
    safe: '尚未撤销任何内容。',
    todo: '{{count, number}} 项被修改过的患者或内容将保留；其余可以撤销。',
  },
  'job-not-found': {
    title: '该任务已不在运行',
    safe: '已完成的部分均已保留。',
    todo: '如仍需要，请重新开始。',
  },
  'job-cancelled': {
    title: '已取消',
    safe: '此前完成的部分均已保留，没有做到一半的内容。',
    todo: '您可以随时重新开始。',
  },
  'job-running': {
    title: '同类任务正在运行',
    safe: '没有任何更改。',
    todo: '请等待其完成，或先取消。',
  },
  'not-enrolled': {
    title: '本工作站尚未加入服务器',
    safe: '已保存的内容都在本机上。',
    todo: '请加入诊所，或在本机为其他工作站提供服务，然后重试。',
  },
  'already-enrolled': {
    title: '本工作站已加入服务器',
    safe: '没有任何更改。',
    todo: '请先退出当前的服务器。',
  },
  'enrolment-code-wrong': {
    title: '服务器不接受此加入码',
    safe: '没有任何更改。',
    todo: '请检查是否输入有误。加入码只能使用一次且会过期，请向管理员索取新的加入码。',
  },
  'server-unreachable': {
    title: '无法连接服务器',
    safe: '已保存的内容都在本机上，稍后会发送。',
    todo: '请检查地址和网络，然后重试。',
  },
  'server-refused': {
    title: '服务器拒绝了请求',
    safe: '已保存的内容都在本机上。',
    todo: '请稍后重试。如再次出现，请告知管理员：{{reason}}',
  },
  'hub-serves-one-site': {
    title: '跟随中心服务器的站点服务器只服务一个院区',
    safe: '没有任何更改。',
    todo: '请为每个院区各设一台站点服务器。两台可在同一计算机上运行，各用自己的文件夹和端口。',
  },
  'server-certificate-changed': {
    title: '这不是当初加入的那台服务器',
    safe: '没有发送任何内容。',
    todo: '请将指纹与服务器自身屏幕上显示的指纹核对。如不一致，可能有人居中截取，请告知管理员。',
  },
  'server-not-encrypted': {
    title: '与该服务器的连接未加密',
    safe: '没有发送任何内容。',
    todo: '请使用以 https:// 开头的地址。',
  },
  'unsent-work': {
    title: '还有内容尚未发送',
    safe: '这些内容已保存在本机。',
    todo: '等待发送的更改：{{count, number}}。请等待发送完成，或仍然退出并将其保留在本机。',
  },
  'quarantine-not-found': {
    title: '该条目已不在隔离区',
    safe: '没有任何更改。',
    todo: '它可能已被发送或放弃，请重新查看列表。',
  },
  'conflict-not-settled': {
    title: '该冲突仍未解决',
    safe: '没有任何更改。',
    todo: '只有已解决、且之后无人修改过的冲突才能撤销。',
  },
  'slot-taken': {
    title: '该时间已被预约',
    safe: '没有预约任何时间，您输入的内容仍在。',
    todo_other: '医生或诊室在 {{count, number}} 个时间已被占用：{{starts}}。请选择其他时间。',
  },
  'appointment-ended': {
    title: '该预约已结束',
    safe: '没有作任何更改。',
    todo: '已就诊、已取消或未到。请新建预约。',
  },
  'already-checked-in': {
    title: '该患者已签到',
    safe: '没有作任何更改。',
    todo: '请查看候诊列表。如果上一次就诊已结束，请先将其结束。',
  },
  'encounter-ended': {
    title: '该次就诊已结束',
    safe: '没有作任何更改。',
    todo: '如果患者又来了，请重新签到。',
  },
  'chart-sealed': {
    title: '该病历已封存',
    safe: '没有作任何更改。',
    todo: '请修订其中已签名的病历：修订内容与封存内容并存。',
  },
  'chart-not-closed': {
    title: '该病历尚未结束',
    safe: '没有作任何更改。',
    todo: '请先结束就诊或填写出院日期，然后重试。',
  },
  'chart-incomplete': {
    title: '该病历内容不完整',
    safe: '没有封存。',
    todo: '请在病案室打开该病历，那里列出了缺少的内容。补齐后再封存。',
  },
  'chart-lent': {
    title: '该病历已借出',
    safe: '没有作任何更改。',
    todo: '请先登记归还。',
  },
  'retention-period': {
    title: '保存期限未满',
    safe: '没有删除任何内容。',
    todo: '须保存至 {{until}}：依法，门诊病历自最后一次就诊起保存 15 年，住院病历自最后一次出院起保存 30 年。内容有误请修订。',
  },
  'file-not-sealed-copy': {
    title: '此文件不是封存病历的副本',
    safe: '没有作任何更改。',
    todo: '请选择在病案室导出且未经改动的完整文件。',
  },
  'referral-closed': {
    title: '此项已答复或已结束',
    safe: '没有作任何更改。',
    todo: '请重新查看其状态。',
  },
  'sharing-ended': {
    title: '此病历副本已不能再阅读',
    safe: '转诊单及其消息仍在此处。',
    todo: '请对方机构重新共享。',
  },
  'already-merged': {
    title: '两者之一已并入其他患者',
    safe: '没有作任何更改。',
    todo: '请重新查看可能重复的患者列表。',
  },
  'not-merged': {
    title: '这两位患者没有合并',
    safe: '没有作任何更改。',
    todo: '可能已有人将其拆分。请重新打开病历。',
  },
  'workstation-revoked': {
    title: '本工作站已被移出诊所',
    safe: '未发送的内容已交给服务器，本机上的数据已锁定。',
    todo: '如需重新加入，请向管理员索取新的加入码。',
  },
  'hub-not-started': {
    title: '无法启动为其他工作站服务的服务器',
    safe: '已保存的内容都在本机上。',
    todo: '端口可能被其他程序占用，请更换端口后重试。',
  },
  'backend-unavailable': {
    title: 'Outpost 无法连接本机的数据服务',
    safe: '此前保存的内容都是安全的。您输入的内容仍在。',
    todo: '请重试。如仍无法恢复，请关闭 Outpost 后重新打开。',
  },
  internal: {
    title: 'Outpost 出现了问题',
    safe: '此前保存的内容都是安全的。您输入的内容仍在。',
    todo: '请重试。如再次出现，请将此编号告知管理员：{{reference}}',
  },
} as const satisfies Translated<typeof source>;
