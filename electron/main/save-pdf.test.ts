import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bridgeChannels } from '../../shared/contract/bridge.ts';
import { safeFileName, setupSavePdf } from './save-pdf.ts';
import { app, dialog, FakeWebContents, ipcMain } from '../testing/fake-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'outpost-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));
setupSavePdf();

const save = (fileName: unknown, page = new FakeWebContents()) => ipcMain.invoke(page, bridgeChannels.savePdf, [fileName]);

test('the page is written where the person says', async () => {
  dialog.savePath = join(folder, 'record.pdf');
  expect(await save('王小明 2026-01-02')).toEqual({ ok: true, value: { saved: true } });
  expect(readFileSync(dialog.savePath, 'utf8')).toBe('%PDF-1.7');
  expect(dialog.saveOptions).toMatchObject({ defaultPath: join(app.getPath('documents'), '王小明 2026-01-02.pdf') });
});

test('nothing is printed or written when the person changes their mind', async () => {
  dialog.savePath = '';
  const page = new FakeWebContents();
  expect(await save('record', page)).toEqual({ ok: true, value: { saved: false } });
  expect(page.pdfOptions).toBeUndefined();
});

test('a file that cannot be written is told by a code', async () => {
  dialog.savePath = join(folder, 'no such folder', 'record.pdf');
  expect(await save('record')).toEqual({ ok: false, error: { code: 'storage-unavailable' } });
});

test('a page that cannot be printed is told by a code', async () => {
  dialog.savePath = join(folder, 'broken.pdf');
  const page = Object.assign(new FakeWebContents(), { printToPDF: () => Promise.reject(new Error('Printing failed')) });
  expect(await save('record', page)).toEqual({ ok: false, error: { code: 'storage-unavailable' } });
});

test('what is no name is refused', async () => {
  expect(await save({ path: '/etc' })).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
});

describe('a suggested name stays a name', () => {
  test.each([
    ['../../etc/passwd', 'etc passwd.pdf'],
    ['C:\\Windows\\x.PDF', 'C Windows x.pdf'],
    ['王小明.pdf', '王小明.pdf'],
    ['record\u202Efdp.exe', 'record fdp.exe.pdf'],
    ['...', 'Outpost.pdf'],
    ['', 'Outpost.pdf'],
    ['𠮷'.repeat(101), `${'𠮷'.repeat(100)}.pdf`],
  ])('%s → %s', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });
});
