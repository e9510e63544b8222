import { app, type Event } from 'electron';
import { isOwnAddress } from './app-protocol.ts';

/** Keeps every web contents, whoever creates it, on our page: no other address, no further window, no webview. */
export function setupNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuseForeign = (event: Event<{ url: string }>): void => {
      if (!isOwnAddress(event.url)) event.preventDefault();
    };
    contents.on('will-navigate', refuseForeign);
    contents.on('will-frame-navigate', refuseForeign);
    contents.on('will-redirect', refuseForeign);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
