import { expect, test } from 'vitest';
import type { DimensionAllocation } from '../../../shared/resources/allocation.ts';
import { shareOf, sortHosts, strandedShare, type HostLoad } from './host-load.ts';

const dimension = (physical: number, promised: number, allocated: number, stranded = 0): DimensionAllocation =>
  ({ physical, promised, allocated, share: promised === 0 ? 0 : allocated / promised, free: Math.max(0, promised - allocated), stranded });
const host = (name: string, cpu: DimensionAllocation, memory: DimensionAllocation): HostLoad => ({
  id: name, name, state: 'available', overcommit: { cpu: 4, memory: 1 }, machines: 0, usable: true, dimensions: { cpu, memory, disk: dimension(0, 0, 0), bandwidth: dimension(0, 0, 0) },
});
const a = host('a', dimension(10, 40, 20), dimension(100, 100, 50, 30));
const b = host('b', dimension(10, 40, 50), dimension(100, 100, 10, 0));

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
