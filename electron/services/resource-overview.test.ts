import { expect, test } from 'vitest';
import type { HostContent } from '../../shared/schema/host.ts';
import type { VirtualMachineContent } from '../../shared/schema/virtual-machine.ts';
import { resourceOverview, resourcePacking, totalTerms } from './resource-overview.ts';
import { saveResource } from './resources.ts';
import { openClinic } from './testing/clinic.ts';

const amounts = (cpu: number) => ({ cpu, memory: cpu * 1024, disk: 10, bandwidth: 0 });
const host = (name: string, rest: Partial<HostContent> = {}): HostContent => ({ name, state: 'available', capacity: { ...amounts(16), disk: 100 }, overcommit: { cpu: 2, memory: 1 }, ...rest });
const machine = (name: string, hostId: string | undefined, cpu: number): VirtualMachineContent => ({ name, state: 'running', demand: amounts(cpu), ...(hostId !== undefined && { hostId }) });

test('the overview follows what is saved, and says what is inconsistent and how old it is', async () => {
  const { context, clock } = await openClinic();
  const admin = context('admin');
  expect(resourceOverview(admin)).toMatchObject({ counts: { hosts: 0, virtualMachines: 0 }, hosts: [], findingCount: 0 });
  const { id: first } = saveResource(admin, { collection: 'hosts', content: host('b', { observedAt: '2026-03-01T00:00:00.000Z' }) });
  const { id: second } = saveResource(admin, { collection: 'hosts', content: host('a', { state: 'lost' }) });
  saveResource(admin, { collection: 'virtualMachines', content: machine('small', first, 2) });
  saveResource(admin, { collection: 'virtualMachines', content: machine('great', first, 8) });
  clock.pass(1000);
  saveResource(admin, { collection: 'virtualMachines', content: machine('down', second, 1) });

  const overview = resourceOverview(admin);
  expect(overview.hosts.map(({ name, machines }) => [name, machines])).toEqual([['a', 1], ['b', 2]]);
  expect(overview.hosts[1]).toMatchObject({ usable: true, physical: [16, 16_384, 100, 0], promised: [32, 16_384, 100, 0], allocated: [10, 10_240, 20, 0] });
  expect(overview.allocation.cloud.cpu).toMatchObject({ physical: 16, promised: 32, allocated: 10 });
  expect(overview.allocation.unplaced).toEqual({ machines: 1, demand: amounts(1) });
  expect(overview.findings.map(({ code, subjectName }) => [code, subjectName])).toEqual([['host-down', 'down']]);
  expect(overview.observed).toEqual({ from: '2026-03-01T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' });
  expect(overview.changedAt).toBe('2026-03-02T09:00:01.000Z');
  expect(resourcePacking(admin, { hostIds: [first, second] }).map((machines) => machines.map(({ name }) => name))).toEqual([['great', 'small'], ['down']]);
  expect(totalTerms(admin, { kind: 'hardware', offset: 0, limit: 1 })).toEqual({ total: 8, rows: [{ collection: 'hosts', id: second, name: 'a', unit: 'cpu', left: 16, right: 2, product: 32 }] });
});
