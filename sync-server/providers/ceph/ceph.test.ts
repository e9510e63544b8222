import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guarded } from '../guard.ts';
import { codeOf } from '../provider.ts';
import { cephProvider } from './index.ts';

const signal = new AbortController().signal;
const codeFrom = (asked: Promise<unknown>) => asked.then(() => undefined, (error: unknown) => codeOf(error));

describe('a program that is not what it should be', () => {
  const bad = (text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'bad-ceph-')), 'ceph');
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
    return guarded(cephProvider('/nowhere/ceph.conf', path), { read: 1500 });
  };

  it.each([
    ['is not there', guarded(cephProvider('/nowhere/ceph.conf', '/nowhere/ceph')), 'not-installed'],
    ['hangs', bad('sleep 60'), 'timeout'],
    ['answers what is no JSON', bad('echo HEALTH_OK'), 'unreadable'],
    ['answers other JSON', bad(`echo '{"fsid": 1, "health": {"status": "FINE"}}'`), 'unreadable'],
    ['may not', bad('echo EACCES >&2; exit 13'), 'not-permitted'],
    ['dies', bad('kill -9 $$'), 'died'],
  ])('%s', async (_name, ceph, code) => {
    expect(await codeFrom(ceph.inventory(signal))).toBe(code);
  });
});
