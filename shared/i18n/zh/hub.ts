import type { hub as source } from '../en/hub.ts';
import type { Translated } from '../shape.ts';

export const hub = {
  title: '为其他工作站提供服务',
  hint: '诊所的其他计算机与本机收发数据，无需外部线路',
  switch: '由本机为其他工作站提供服务',
  switchHint: '只要本机开机且 Outpost 在运行，它们就能同步。',
  port: '端口',
  portHint: '留空则自动选择',
  starting: '正在启动…',
  running: '其他工作站可通过以下地址连接',
  startedAt: '自 {{when}} 起运行',
  enabledNotRunning: '已开启，但未在运行。',
  connectedElsewhere: '本工作站已连接到另一台服务器。如需由本机提供服务，请先断开连接。',
  start: '重新启动',
  stopTitle: '停止为其他工作站提供服务？',
  stopExplain: '它们可以凭已有的内容继续工作，其工作内容安全地保存在各自的计算机上。本机恢复服务后会立即发送。',
  stop: '停止服务',
  keep: '继续服务',
  stopped: '已停止为其他工作站提供服务',
  addWorkstation: '添加工作站',
  firstRun: '由本机为其他工作站提供服务',
  firstRunHint: '适用于有多台计算机的诊所。可随时在“设置”中更改。',
  readyTitle: '本机正在为其他工作站提供服务',
  readyHint: '可在“设置”中找到地址，并为每台工作站生成加入码。',
} as const satisfies Translated<typeof source>;
