import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, type WebContents } from 'electron';
import { bridgeChannels } from '../../shared/contract/bridge.ts';
import type { AppError, Result } from '../../shared/errors.ts';
import { handle } from './ipc-router.ts';

/** Prints the calling window's print layout to a PDF file that the person chooses. */
export function setupSavePdf(): void {
  handle(bridgeChannels.savePdf, async (event, fileName) => {
    if (typeof fileName !== 'string') return { ok: false, error: { code: 'invalid-input', issues: [] } };
    return savePdf(event.sender, fileName);
  });
}

async function savePdf(page: WebContents, fileName: string): Promise<Result<{ saved: boolean }>> {
  const options = { defaultPath: join(app.getPath('documents'), safeFileName(fileName)), filters: [{ name: 'PDF', extensions: ['pdf'] }] };
  const window = BrowserWindow.fromWebContents(page);
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (canceled || filePath === '') return { ok: true, value: { saved: false } };
  try {
    await writeFile(filePath, await page.printToPDF({ preferCSSPageSize: true, printBackground: true }));
    return { ok: true, value: { saved: true } };
  } catch (error) {
    return { ok: false, error: writeError(error) };
  }
}

/** A name without what Windows, macOS or a path would make something else of: `../CON?.pdf` is not a place to go. */
export function safeFileName(name: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  const plain = name.replaceAll(/[\u0000-\u001f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\s]+/g, ' ').replace(/\.pdf$/i, '');
  const bare = plain.replaceAll(/^[. ]+|[. ]+$/g, '');
  return `${[...bare].slice(0, 100).join('') || 'Outpost'}.pdf`;
}

function writeError(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return { code: code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'storage-unavailable' };
}
