import { expect, test } from 'vitest';
import type { OverviewHost } from '../../../shared/contract/resources.ts';
import { hostLoads, shareOf, sortHosts, strandedShare, type HostLoad } from './host-load.ts';

const host = (name: string, allocated: number[], stranded: number[]): OverviewHost => ({
  id: name, name, state: 'available', machines: 0, usable: true, physical: [10, 100, 0, 0], promised: [40, 100, 0, 0], allocated, stranded,
});
const [a, b] = hostLoads([host('a', [20, 50, 0, 0], [0, 30, 0, 0]), host('b', [50, 10, 0, 0], [0, 0, 0, 0])]) as [HostLoad, HostLoad];

test('the lists of a host are its dimensions in their order', () => {
  expect(a.dimensions.cpu).toEqual({ physical: 10, promised: 40, allocated: 20, share: 0.5, stranded: 0 });
  expect(a.dimensions.memory).toEqual({ physical: 100, promised: 100, allocated: 50, share: 0.5, stranded: 30 });
});

test('a share is of what may be promised or of what is there', () => {
  expect(shareOf(a, 'cpu', 'promised')).toBe(0.5);
  expect(shareOf(a, 'cpu', 'physical')).toBe(2);
  expect(shareOf(a, 'disk', 'physical')).toBe(0);
});

test('hosts are ordered by their fullest dimension, or by what is stranded, and the list is not changed', () => {
  const hosts = [a, b];
  expect(sortHosts(hosts, 'fullest').map(({ name }) => name)).toEqual(['b', 'a']);
  expect(sortHosts(hosts, 'stranded').map(({ name }) => name)).toEqual(['a', 'b']);
  expect(hosts.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(strandedShare(a)).toBeCloseTo(0.3);
});
