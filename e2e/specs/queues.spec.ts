import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Queue, Worker } from 'bullmq';
import { startProcess } from '../../sync-server/testing/process.ts';
import { hasRedis, startRedis } from '../../sync-server/testing/redis.ts';
import { call } from '../fixtures/call.ts';
import { importResources } from '../fixtures/cloud.ts';
import { chineseDark, englishLight, inspectHere, wear } from '../fixtures/screens.ts';
import { go, setUpWithServer } from '../fixtures/steps.ts';
import { filled, t } from '../fixtures/texts.ts';
import { openWorkstation } from '../fixtures/workstation.ts';

test.skip(!hasRedis, 'Redis (redis-server) is not installed');

test('a queue on a real Redis is seen in the panel, paused there, and its failed jobs are thrown away', async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-queues-'));
  const redis = await startRedis();
  const connection = { url: redis.url, maxRetriesPerRequest: null };
  const queue = new Queue('reports', { connection });
  await queue.add('monthly', {});
  const worker = new Worker('reports', () => Promise.reject(new Error('no paper')), { connection, name: 'north' });
  await expect.poll(() => queue.getFailedCount()).toBe(1);
  await worker.close();
  await queue.add('daily', {});
  const server = await startProcess(undefined, ['--redis', redis.url, '--observe-every', '0', '--sample-every', '0']);
  const workstation = await openWorkstation(browser, join(folder, 'profile'));
  const { page } = workstation;
  await setUpWithServer(page, server);
  await call(page, 'providers.refresh', { provider: 'bullmq' });
  await expect.poll(async () => (await call(page, 'resources.list', { collection: 'tasks', offset: 0, limit: 10 })).total).toBe(2);
  await page.evaluate(() => (location.hash = '/cloud'));
  const row = page.getByRole('table', { name: t('providers.queues.title') }).getByRole('row', { name: /^reports/ });
  await expect(row).toContainText(t('providers.queues.isPaused.false'));
  await expect(row.getByRole('cell')).toContainText([t('providers.queues.isPaused.false'), '1', '0', '1', '0']);
  await row.getByRole('button', { name: t('providers.queues.kind.pause-queue') }).click();
  await expect(row).toContainText(t('providers.queues.isPaused.true'));
  expect(await queue.isPaused()).toBe(true);
  await row.getByRole('button', { name: filled('providers.queues.jobs.open', { name: 'reports' }) }).click();
  const jobs = page.getByRole('dialog', { name: filled('providers.queues.jobs.open', { name: 'reports' }) });
  await expect(jobs.getByRole('row', { name: /monthly/ })).toBeVisible();
  await expect(jobs).not.toContainText('no paper');
  await jobs.getByRole('switch', { name: t('providers.queues.jobs.withWords') }).check();
  await expect(jobs.getByRole('row', { name: /monthly/ })).toContainText('no paper');
  for (const look of [chineseDark, englishLight]) {
    await wear(page, look);
    await inspectHere(page, `queue-jobs-${look.language}-${look.theme}`);
  }
  await jobs.getByText(t('providers.queues.jobs.state.waiting')).click();
  await jobs.getByRole('row', { name: /daily/ }).getByRole('button', { name: filled('providers.queues.jobs.kindOf.remove-job', { id: '2' }) }).click();
  await page.getByRole('dialog', { name: filled('providers.queues.jobs.removeTitle', { id: '2', name: 'reports' }) }).getByRole('button', { name: t('providers.queues.jobs.kind.remove-job'), exact: true }).click();
  await expect(jobs.getByRole('status')).toHaveText(filled('providers.queues.jobs.changed.remove-job', { id: '2' }));
  expect(await queue.getJobState('2')).toBe('unknown');
  await jobs.getByRole('button', { name: t('common.close'), exact: true }).click();
  await row.getByRole('button', { name: t('providers.queues.kind.remove-failed') }).click();
  const dialog = page.getByRole('dialog', { name: filled('providers.queues.removeTitle', { name: 'reports' }) });
  await dialog.getByRole('button', { name: t('providers.queues.kind.remove-failed') }).click();
  await expect(dialog).toBeHidden();
  await expect(row.getByRole('cell')).toContainText([t('providers.queues.isPaused.true'), '0', '0', '0', '0']);
  expect(await queue.getJobCounts('failed', 'waiting')).toEqual({ failed: 0, waiting: 0 });
  // The server has a provider, and none that moves machines: the plan says so before it is begun, and what to do.
  await importResources(page, JSON.stringify({
    hosts: ['one', 'two'].map((name) => ({ name, cpu: 8, memory: 32_768, disk: 500, bandwidth: 1000, state: name === 'two' ? 'draining' : 'available' })),
    virtualMachines: [{ name: 'by-hand', state: 'running', host: 'two', cpu: 4, memory: 4096, disk: 10, bandwidth: 10 }],
  }));
  await go(page, '/cloud/placement');
  await page.getByRole('button', { name: t('placements.start') }).click();
  await expect(page.getByRole('row', { name: new RegExp(`^${t('placements.model.portfolio')}`) }).getByText(t('placements.agrees'))).toBeVisible();
  const alert = page.getByRole('alert').filter({ hasText: filled('placements.withoutProvider', { count: 1 }) });
  await expect(alert).toContainText('by-hand');
  await alert.scrollIntoViewIfNeeded();
  for (const look of [chineseDark, englishLight]) {
    await wear(page, look);
    await inspectHere(page, `without-provider-${look.language}-${look.theme}`);
  }
  await workstation.stop();
  await server.kill('SIGTERM');
  await queue.close();
  await redis.kill();
  rmSync(folder, { recursive: true });
});
