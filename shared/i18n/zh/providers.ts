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
  queues: {
    title: '作业队列',
    name: '队列',
    isPaused: { true: '已暂停', false: '运行中' },
    waiting: '等待中',
    active: '执行中',
    failed: '失败',
    workers: '工作进程',
    meanSeconds: '平均时长',
    change: '更改 {{name}}',
    kind: { 'pause-queue': '暂停', 'resume-queue': '恢复', 'retry-failed': '重试失败的作业', 'remove-failed': '移除失败的作业' },
    removeTitle: '移除 {{name}} 中失败的作业？',
    removeText_other: '{{count, number}} 个作业及其内容将被丢弃，无法恢复。',
    done: '已完成：{{kind}}',
  },
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
