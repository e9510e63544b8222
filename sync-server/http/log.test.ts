import { expect, it } from 'vitest';
import { SyncException } from '../service/failure.ts';
import { jsonLog } from './log.ts';

it('writes where it failed and under which code, and nothing that an error quotes', () => {
  const lines: string[] = [];
  const log = jsonLog((line) => void lines.push(line), () => new Date('2026-03-01T08:00:00.000Z'));
  const quoting = Object.assign(new Error("Duplicate entry '王小明' for key\n    at 王小明 (糖尿病)"), { code: 'ER_DUP_ENTRY' });
  log.error('message-failed', new SyncException({ code: 'database-unavailable' }, { cause: quoting }));
  log.error('message-failed', '王小明');
  log.event('server-started', { port: 8443 });
  expect(lines.join('')).not.toMatch(/王小明|糖尿病|Duplicate/);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { at: '2026-03-01T08:00:00.000Z', event: 'message-failed', code: 'database-unavailable', cause: { error: 'Error', code: 'ER_DUP_ENTRY', frames: expect.arrayContaining([expect.stringContaining('log.test.ts')]) as unknown } },
    { event: 'message-failed', error: 'string' },
    { event: 'server-started', port: 8443 },
  ]);
});
