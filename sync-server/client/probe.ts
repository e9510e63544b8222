import { connect } from 'node:tls';
import { z } from 'zod';
import { LinkError, ServerLink, type ServerAddress } from './server-link.ts';

/** A server that answers, and the certificate it shows where no authority vouches for it. */
export interface Found extends ServerAddress {
  fingerprint?: string;
  encrypted: boolean;
}

const handshakeAllowed = 10_000;
const aboutSchema = z.looseObject({ service: z.literal('outpost-sync') });

/** Looks who answers at an address. Sends nothing but the question. Throws {@link LinkError}. */
export async function probe(address: string, signal: AbortSignal): Promise<Found> {
  const url = new URL(address);
  const encrypted = url.protocol === 'https:';
  const shown = encrypted ? await shownCertificate(url) : {};
  const found = { address: url.origin, encrypted, ...shown };
  const link = new ServerLink(found);
  try {
    if (!aboutSchema.safeParse(await link.get('about', signal)).success) throw new LinkError('answer-not-understood');
    return found;
  } finally {
    link.close();
  }
}

/** The certificate of whoever answers, PEM; nothing where an authority vouches for it. */
function shownCertificate({ hostname, port }: URL): Promise<{ certificate?: string; fingerprint?: string }> {
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const options = { host, port: Number(port || 443), rejectUnauthorized: false, ...(/[a-z]/i.test(host) && !host.includes(':') && { servername: host }) };
    const socket = connect(options, () => {
      const certificate = socket.getPeerX509Certificate();
      const vouchedFor = socket.authorized;
      socket.destroy();
      if (vouchedFor) resolve({});
      else if (certificate === undefined) reject(new LinkError('wrong-certificate'));
      else resolve({ certificate: certificate.toString(), fingerprint: certificate.fingerprint256 });
    });
    socket.setTimeout(handshakeAllowed, () => socket.destroy(new LinkError('timed-out')));
    socket.on('error', (error) => reject(error instanceof LinkError ? error : new LinkError('unreachable')));
  });
}

/** This computer itself: nobody else is on the line. */
export const isLoopback = (address: string): boolean => /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(new URL(address).origin);
