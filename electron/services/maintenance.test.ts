import { expect, test } from 'vitest';
import { errorOf } from '../../shared/testing/error-of.ts';
import { automationState, setAutomation } from './automation.ts';
import { defaultAutomation } from '../../shared/resources/automation.ts';
import { hostsInService, setHostState } from './maintenance.ts';
import { getResource, saveResource } from './resources.ts';
import { openClinic } from './testing/clinic.ts';

const amounts = { cpu: 8, memory: 8, disk: 0, bandwidth: 0 };

test('a host is drained, is safe to switch off once it is empty, and is taken back', async () => {
  const context = (await openClinic()).context('admin');
  const host = (name: string) => saveResource(context, { collection: 'hosts', content: { name, state: 'available', failureDomain: 'rack 1', capacity: amounts, overcommit: { cpu: 2, memory: 1 } } });
  const [one, two] = [host('one'), host('two')];
  const machine = saveResource(context, { collection: 'virtualMachines', content: { name: 'pacs', state: 'running', hostId: two.id, demand: amounts } });
  const draining = setHostState(context, { id: two.id, rev: two.rev, state: 'draining' });
  expect(draining).toMatchObject({ name: 'two', state: 'draining', machines: 1, isSafe: false });
  expect(hostsInService(context).map(({ name, isSafe }) => [name, isSafe])).toEqual([['two', false], ['one', false]]);
  expect(await errorOf(() => setHostState(context, { id: two.id, rev: draining.rev, state: 'maintenance' }))).toEqual({ code: 'host-not-empty', machines: 1 });
  expect(await errorOf(() => setHostState(context, { id: two.id, rev: two.rev, state: 'available' }))).toMatchObject({ code: 'stale-revision' });
  saveResource(context, { collection: 'virtualMachines', id: machine.id, rev: machine.rev, content: { name: 'pacs', state: 'running', hostId: one.id, demand: amounts } });
  expect(hostsInService(context)[0]).toMatchObject({ name: 'two', isSafe: true, machines: 0 });
  const off = setHostState(context, { id: two.id, rev: draining.rev, state: 'maintenance' });
  expect(off).toMatchObject({ state: 'maintenance', isSafe: true });
  expect(setHostState(context, { id: two.id, rev: off.rev, state: 'available' })).toMatchObject({ state: 'available', isSafe: false });
  expect(getResource(context, { collection: 'hosts', id: two.id })).toMatchObject({ failureDomain: 'rack 1', overcommit: { cpu: 2, memory: 1 } });
});

test('without a server nothing happens by itself, and it says so', async () => {
  const context = (await openClinic()).context('admin');
  expect(await errorOf(() => automationState(context))).toEqual({ code: 'not-enrolled' });
  expect(await errorOf(() => setAutomation(context, defaultAutomation))).toEqual({ code: 'not-enrolled' });
});
