import type { providers as source } from '../en/providers.ts';
import type { Translated } from '../shape.ts';

/** What reads the real cloud and changes it, on the sync server. */
export const providers = {
  title: '数据来源',
  name: '来源',
  lastSuccess: '最近读取',
  lastError: '最近失败',
  errorAt: '{{error}}，{{when}}',
  refreshOne: '刷新 {{name}}',
  refreshed: '已读取：新增 {{created, number}}，更改 {{updated, number}}，未变 {{unchanged, number}}，消失 {{vanished, number}}',
  state: { untried: '尚未查询', ready: '正常', partly: '部分可用', failing: '失败' },
  failure: {
    'not-installed': '服务器上未安装其程序',
    unreachable: '无法连接',
    timeout: '超时未答复',
    died: '其程序中途退出',
    unreadable: '答复无法理解',
    'not-permitted': '服务器在那里没有权限',
    'not-found': '已不存在',
    refused: '被拒绝',
    'not-supported': '不支持此操作',
    'not-where-expected': '虚拟机不在预期位置',
    'left-in-two-places': '虚拟机同时位于两处',
    stopped: '已停止',
  },
} satisfies Translated<typeof source>;
