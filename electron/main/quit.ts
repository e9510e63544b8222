import { app } from 'electron';
import type { BackendProcess } from './backend-process.ts';

/**
 * Closing the window ends Outpost, and Outpost ends once the backend has shut the database. The windows are gone by
 * then, so what the page had still to say (a half-typed draft) was said before.
 */
export function setupQuit(backend: Pick<BackendProcess, 'close'>): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void backend.close().then(() => {
      closed = true;
      app.quit();
    });
  });
}
