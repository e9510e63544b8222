import { randomBytes } from 'node:crypto';
import { app, type WebContents } from 'electron';
import type { Log } from '../storage/log.ts';
import { askToTryAgain, showError } from './dialogs.ts';
import type { Translator } from './preferences.ts';
import { restartDelay } from './restart-policy.ts';

/**
 * What happens when the shell or the page breaks. Nothing is printed and no dump is written: a message or a page's
 * memory may hold what a patient told.
 */
export function setupCrashHandling(log: Log, translator: Translator): void {
  const end = (error: unknown): void => {
    const reference = randomBytes(4).readUInt32BE();
    log.error('shell-crashed', error, { reference });
    showError(translator, { code: 'internal', reference: String(reference) });
    app.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);

  const crashes: number[] = [];
  app.on('render-process-gone', (_event, page, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.event('page-gone', { exitCode });
    crashes.push(Date.now());
    void loadAgain(page, restartDelay(crashes, Date.now()), translator);
  });
}

/** A page that broke is loaded again; drafts are on disk. One that keeps breaking is a question for the person. */
async function loadAgain(page: WebContents, delay: number | undefined, translator: Translator): Promise<void> {
  if (delay === undefined && !(await askToTryAgain(translator, { code: 'backend-unavailable' }))) return app.quit();
  setTimeout(() => {
    if (!page.isDestroyed()) page.reload();
  }, delay ?? 0);
}
