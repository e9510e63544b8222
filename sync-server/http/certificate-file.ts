import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';

/** The certificate that an operator names, or the server's own: made once, and kept, as workstations pin it. */
export function readOrMakeCertificate(folder: string, tls: 'own' | { keyFile: string; certFile: string }, hosts: string[]): { key: string; cert: string } {
  const files = tls === 'own' ? { keyFile: join(folder, 'tls-key.pem'), certFile: join(folder, 'tls-cert.pem') } : tls;
  if (tls === 'own' && !existsSync(files.keyFile)) {
    const made = makeCertificate({ hosts: [...new Set(hosts)], now: new Date() });
    writeFileSync(files.certFile, made.cert);
    writeFileSync(files.keyFile, made.key, { mode: 0o600 });
  }
  return { key: readFileSync(files.keyFile, 'utf8'), cert: readFileSync(files.certFile, 'utf8') };
}
