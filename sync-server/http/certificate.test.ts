import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from './certificate.ts';

describe('a certificate of the server’s own', () => {
  const made = makeCertificate({ hosts: ['localhost', '127.0.0.1', 'fe80::1:2'], now: new Date('2026-03-01T08:00:00.000Z') });

  it('names its hosts and its time, and is signed by itself', () => {
    const read = new X509Certificate(made.cert);
    expect(read.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:FE80:0:0:0:0:0:1:2');
    expect([new Date(read.validFrom).toISOString(), new Date(read.validTo).toISOString()]).toEqual(['2026-03-01T08:00:00.000Z', '2036-03-01T08:00:00.000Z']);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(made.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  it('holds against a client that trusts just this one', async () => {
    const server = createServer({ key: made.key, cert: made.cert }, (socket) => socket.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: made.cert });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    expect(socket.getPeerX509Certificate()?.fingerprint256).toBe(made.fingerprint);
    socket.destroy();
    server.close();
  });
});
