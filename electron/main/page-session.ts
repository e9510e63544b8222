import { session, type Session } from 'electron';
import { isOwnAddress, pageAddress } from './app-protocol.ts';

/** Schemes that never leave the computer. `devtools` is reachable only in a build that is not packaged. */
const localSchemes = ['blob:', 'data:', 'devtools:', 'chrome-extension:'];

/**
 * The session of every window. It lives in memory: no cache, no storage and no history of a chart reaches the disk.
 * The page needs no permission of the browser and no network, so it gets neither.
 */
export function setupPageSession(): Session {
  const pageSession = session.fromPartition('outpost');
  pageSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  pageSession.setPermissionCheckHandler(() => false);
  pageSession.setDevicePermissionHandler(() => false);
  pageSession.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  pageSession.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isLocal(details.url) }));
  // An export that the page has put together is saved where the person says; nothing is fetched from elsewhere.
  pageSession.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${pageAddress}`)) event.preventDefault();
  });
  // Its dictionaries are fetched from the network, and it would learn patients' names.
  pageSession.setSpellCheckerEnabled(false);
  return pageSession;
}

const isLocal = (address: string): boolean => isOwnAddress(address) || localSchemes.some((scheme) => address.startsWith(scheme));
