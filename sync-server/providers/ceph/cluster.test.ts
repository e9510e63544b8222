import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCeph, startCeph } from '../../testing/ceph.ts';
import { guarded } from '../guard.ts';
import { codeOf } from '../provider.ts';
import { cephProvider } from './index.ts';

const signal = new AbortController().signal;
const codeFrom = (asked: Promise<unknown>) => asked.then(() => undefined, (error: unknown) => codeOf(error));

describe.skipIf(!hasCeph)('ceph, on a cluster of one node', () => {
  let cluster: Awaited<ReturnType<typeof startCeph>> | undefined;
  beforeAll(async () => {
    cluster = await startCeph();
  });
  afterAll(() => cluster?.stop());
  const open = () => guarded(cephProvider(cluster?.configuration ?? ''));

  it('creates a pool, and shows it with its copies and what it holds', async () => {
    const ceph = open();
    const create = { kind: 'create-pool', provider: 'ceph', name: 'virtual-storage', placementGroups: 16, replicas: 2 } as const;
    expect(await ceph.look(create, signal)).toEqual({ state: 'before', observedHost: null });
    const { output, undo } = await ceph.apply(create, signal);
    expect([JSON.parse(output), undo]).toMatchObject([{ pool_name: 'virtual-storage', pg_num: 16, size: 2 }, null]);
    expect(await ceph.look(create, signal)).toEqual({ state: 'after', observedHost: null });
    const { observations } = await ceph.inventory(signal);
    expect(observations.find(({ facts }) => facts['name'] === 'ceph/virtual-storage')).toMatchObject({
      collection: 'storagePools', providerKey: expect.stringMatching(/^[0-9a-f-]{36}\/\d+$/) as string,
      facts: { kind: 'ceph', state: expect.stringMatching(/^(available|degraded)$/) as string, used: 0, replicas: 2 },
    });
    expect((await ceph.sample(signal)).length).toBe(observations.length);
    expect(await codeFrom(ceph.apply(create, signal))).toBe('refused');
  });

  it('says why a cluster cannot be asked', async () => {
    const nobody = join(mkdtempSync(join(tmpdir(), 'ceph-')), 'ceph.conf');
    writeFileSync(nobody, '[global]\nmon host = 127.0.0.1:1\nauth client required = none\n');
    expect(await codeFrom(guarded(cephProvider(nobody), { read: 15_000 }).inventory(signal))).toMatch(/^(unreachable|timeout)$/);
  });
});
