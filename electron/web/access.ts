import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

const newSecret = () => randomBytes(32).toString('base64url');

/**
 * Who may talk to the loopback server. Any program of this machine can reach the port and any web page can send
 * requests to it, so a browser must first bring the one-time token that was printed, and its requests must come
 * from the very address that it opened (a page of another site that points its name at 127.0.0.1 does not).
 */
export class Access {
  private token: string | undefined = newSecret();
  private readonly sessions = new Set<string>();

  /** The token of the printed address; undefined once it was used. */
  get oneTimeToken(): string | undefined {
    return this.token;
  }

  /** Another token for somebody who closed the browser; undefined while the last one waits to be used. */
  renewToken(): string | undefined {
    return this.token === undefined ? (this.token = newSecret()) : undefined;
  }

  /** Exchanges the one-time token for a session; undefined when it is wrong or was used before. */
  exchange(token: string): string | undefined {
    if (this.token === undefined || !sameSecret(token, this.token)) return undefined;
    this.token = undefined;
    const session = newSecret();
    this.sessions.add(session);
    return session;
  }

  isOpen(session: string | undefined): session is string {
    return session !== undefined && this.sessions.has(session);
  }
}

function sameSecret(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whether a request names this server as its host and, where it says so, comes from a page of this server. */
export function isSameOrigin(request: FastifyRequest, port: number): boolean {
  const { host, origin } = request.headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (host === undefined || !hosts.includes(host)) return false;
  if (origin !== undefined) return origin === `http://${host}`;
  // Browsers send an Origin with every POST; one without it is none.
  const site = request.headers['sec-fetch-site'];
  return request.method === 'GET' && (site === undefined || site === 'same-origin' || site === 'none');
}
