import { describe, expect, it } from 'vitest';
import { readSettings } from './arguments.ts';

describe('the command line of the server', () => {
  it('serves an embedded database over its own certificate out of the box', () => {
    expect(readSettings([], {})).toEqual({
      command: { name: 'serve', organisation: 'Outpost' }, database: { kind: 'sqlite', path: 'outpost-server/outpost-server.db' }, dataFolder: 'outpost-server', host: '0.0.0.0', port: 8443,
      tls: 'own', trustProxy: false,
    });
  });

  it('takes options before the environment', () => {
    const environment = { DATABASE_URL: 'mysql://u:p@db:3306/outpost', PORT: '9000', OUTPOST_TLS: 'none', OUTPOST_TRUST_PROXY: '1', METRICS_TOKEN: 'secret' };
    expect(readSettings(['--port', '9001'], environment)).toMatchObject({
      database: { kind: 'mysql', url: 'mysql://u:p@db:3306/outpost' }, port: 9001, tls: 'none', trustProxy: true, metricsToken: 'secret',
    });
  });

  it.each([
    [['--port', '99999']], [['--tls', 'perhaps']], [['--tls-key', 'a.pem']], [['--database', 'postgres://x/y']], [['create-organisation']], [['create-code', ' ']], [['erase']], [['follow', '--server', 'https://central:8443']], [['follow', '--code', 'X']], [['--unknown']],
  ])('refuses %j in a sentence', (commandLine) => {
    expect(() => readSettings(commandLine, {})).toThrow(TypeError);
  });
});
