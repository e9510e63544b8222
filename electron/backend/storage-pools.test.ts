import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../sync-server/http/index.ts';
import { cephProvider } from '../../sync-server/providers/ceph/index.ts';
import { guarded } from '../../sync-server/providers/guard.ts';
import { hasCeph, startCeph } from '../../sync-server/testing/ceph.ts';
import { TestClock } from '../services/testing/clinic.ts';
import { run } from './testing/running.ts';
import { inStep, until } from './testing/two-workstations.ts';

describe.skipIf(!hasCeph)('storage pools of a real Ceph', () => {
  test('an admin makes a pool, which is noted and comes into the inventory; its name is there only once', { timeout: 60_000 }, async () => {
    const cluster = await startCeph();
    onTestFinished(() => cluster.stop());
    const database = { kind: 'sqlite' as const, path: join(mkdtempSync(join(tmpdir(), 'outpost-server-')), 'server.db') };
    const server = await startServer({ database, host: '127.0.0.1', port: 0, providers: () => [guarded(cephProvider(cluster.configuration))], rhythm: { observeEvery: 0, sampleEvery: 0 } });
    onTestFinished(() => server.close());
    const { organisationId } = await server.service.createOrganisation('Test Group');
    const clinic = await run({ clock: new TestClock(new Date().toISOString()) });
    const admin = await clinic.signedIn('admin');
    const pool = { provider: 'ceph', name: 'images', placementGroups: 8, replicas: 1 };
    await expect(admin.ask('providers.createPool', pool)).rejects.toThrow('not-enrolled');
    await admin.ask('enrolment.join', { address: server.address, code: (await server.service.createCode({ organisationId })).code, name: 'First' });
    await inStep(admin);
    expect((await admin.ask('providers.list', {})).providers).toMatchObject([{ name: 'ceph', moves: ['create-pool'] }]);
    expect(await admin.ask('providers.createPool', pool)).toMatchObject({ state: 'done', steps: [{ state: 'done', error: null }] });
    expect(await admin.ask('providers.createPool', pool)).toMatchObject({ state: 'failed', steps: [{ error: 'refused', output: expect.stringContaining('already exists') as string }] });
    await expect(admin.ask('providers.createPool', { ...pool, provider: 'libvirt' })).rejects.toThrow('plan-without-provider');
    await admin.ask('providers.refresh', { provider: 'ceph' });
    const pools = () => admin.ask('resources.list', { collection: 'storagePools', offset: 0, limit: 10, search: 'images' });
    expect((await until(pools, ({ total }) => total === 1)).rows).toMatchObject([{ name: 'ceph/images', kind: 'ceph', replicas: 1 }]);
    const { rows } = await admin.ask('audit.list', { offset: 0, limit: 50 });
    expect(rows.filter(({ action }) => action === 'pool.begun')).toMatchObject([{ actorName: 'Ada Admin' }, { actorName: 'Ada Admin' }]);
  });
});
