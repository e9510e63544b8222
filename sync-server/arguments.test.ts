import { describe, expect, it } from 'vitest';
import { readSettings } from './arguments.ts';

describe('the command line of the server', () => {
  it('serves an embedded database over its own certificate out of the box', () => {
    expect(readSettings([], {})).toEqual({
      command: { name: 'serve', organisation: 'Outpost' }, database: { kind: 'sqlite', path: 'outpost-server/outpost-server.db' }, dataFolder: 'outpost-server', host: '0.0.0.0', port: 8443,
      tls: 'own', trustProxy: false, cloud: { ownHost: false, observeEvery: 300_000, sampleEvery: 60_000, workers: 1 },
    });
  });

  it('takes options before the environment', () => {
    const environment = { DATABASE_URL: 'mysql://u:p@db:3306/outpost', PORT: '9000', OUTPOST_TLS: 'none', OUTPOST_TRUST_PROXY: '1', METRICS_TOKEN: 'secret' };
    expect(readSettings(['--port', '9001'], environment)).toMatchObject({
      database: { kind: 'mysql', url: 'mysql://u:p@db:3306/outpost' }, port: 9001, tls: 'none', trustProxy: true, metricsToken: 'secret',
    });
  });

  it('names the cloud that is to be seen', () => {
    expect(readSettings(['--libvirt', 'hosts.txt', '--sample-every', '0', '--own-host'], { OUTPOST_CEPH: '/etc/ceph/ceph.conf', REDIS_URL: 'redis://localhost', OUTPOST_RESOURCES_OF: 'Clinic' }).cloud).toEqual({
      ownHost: true, libvirtFile: 'hosts.txt', cephConfiguration: '/etc/ceph/ceph.conf', redisUrl: 'redis://localhost', resourcesOf: 'Clinic', observeEvery: 300_000, sampleEvery: 0, workers: 1,
    });
  });

  it.each([
    [['--port', '99999']], [['--tls', 'perhaps']], [['--tls-key', 'a.pem']], [['--database', 'postgres://x/y']], [['create-organisation']], [['create-code', ' ']], [['erase']], [['follow', '--server', 'https://central:8443']], [['follow', '--code', 'X']], [['--unknown']], [['--observe-every', '-1']], [['--workers', '65']],
  ])('refuses %j in a sentence', (commandLine) => {
    expect(() => readSettings(commandLine, {})).toThrow(TypeError);
  });
});
