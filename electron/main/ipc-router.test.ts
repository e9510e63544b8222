import { beforeEach, describe, expect, test } from 'vitest';
import { bridgeChannels } from '../../shared/contract/bridge.ts';
import { setupIpcRouter } from './ipc-router.ts';
import { FakeWebContents, ipcMain } from '../testing/fake-electron.ts';

const calls: unknown[][] = [];
setupIpcRouter({
  call: async (...call) => {
    calls.push(call);
    return { ok: true, value: 'answered' };
  },
});
beforeEach(() => void calls.splice(0));

const page = new FakeWebContents();

test('a call of our page reaches the backend, with a session for each window', async () => {
  expect(await ipcMain.invoke(page, bridgeChannels.call, ['app.status', {}])).toEqual({ ok: true, value: 'answered' });
  expect(calls).toEqual([[String(page.id), 'app.status', {}]]);
});

describe('is refused with a code and reaches nothing', () => {
  const untrusted = { ok: false, error: { code: 'untrusted-sender' } };

  test.each([
    ['another address in the top frame', () => Object.assign(new FakeWebContents(), { mainFrame: { url: 'https://evil.example/' } }), undefined],
    ['a frame within our page, even with our address', () => page, { url: 'app://outpost/' }],
    ['a frame that is gone', () => page, null],
  ])('%s', async (_name, contents, frame) => {
    expect(await ipcMain.invoke(contents(), bridgeChannels.call, ['app.status', {}], frame)).toEqual(untrusted);
    expect(calls).toEqual([]);
  });

  test.each([['no.such.call'], ['toString'], [''], [7], [undefined], [['app.status']]])('the name %j', async (name) => {
    expect(await ipcMain.invoke(page, bridgeChannels.call, [name, {}])).toEqual({ ok: false, error: { code: 'unknown-call' } });
    expect(calls).toEqual([]);
  });
});
