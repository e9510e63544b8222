import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy, securityHeaders, styleNoncePlaceholder } from '../../shared/content-security-policy.ts';

const scheme = 'app';
const host = 'outpost';

/** The address of the only page. */
export const pageAddress = `${scheme}://${host}/`;

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  // The worker that reads PDFs.
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Whether an address is a page of ours. `URL.origin` is no help: it is `null` for a scheme that the URL standard does not know. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${scheme}:` && url.host === host;
}

/** Must run before `app` is ready. Standard and secure, so that the page has an origin and its policy's 'self' means it. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built renderer as `app://outpost/`; nothing outside its folder can be named. */
export function setupAppProtocol(session: Session, rendererFolder: string): void {
  session.protocol.handle(scheme, (request) => answer(request, rendererFolder));
}

async function answer(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' || !isOwnAddress(request.url)) return refusal(403);
  const path = filePath(new URL(request.url).pathname, folder);
  const file = path === undefined ? undefined : await readFile(path).catch(() => undefined);
  if (path === undefined || file === undefined) return refusal(404);
  return extname(path) === '.html' ? page(file) : reply(new Uint8Array(file), path);
}

/** The file that a path names inside the folder; undefined for one that leads out of it or cannot be a path. */
function filePath(pathname: string, folder: string): string | undefined {
  try {
    const path = join(folder, pathname === '/' ? 'index.html' : decodeURIComponent(pathname));
    return path.startsWith(folder + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Each load has a nonce of its own, for the styles that the component library writes. */
function page(file: Buffer): Response {
  const nonce = randomBytes(16).toString('base64');
  const headers = { ...securityHeaders, 'content-type': contentTypes['.html'] ?? '', 'content-security-policy': contentSecurityPolicy(nonce) };
  return new Response(file.toString('utf8').replaceAll(styleNoncePlaceholder, nonce), { headers });
}

function reply(file: Uint8Array<ArrayBuffer>, path: string): Response {
  return new Response(file, { headers: { ...securityHeaders, 'content-type': contentTypes[extname(path)] ?? 'application/octet-stream' } });
}

const refusal = (status: number): Response => new Response(null, { status, headers: securityHeaders });
