import { expect, test } from 'vitest';
import { silentHosts } from './silent-hosts.ts';

test('hosts that do not answer are named by what was the matter, the first of many', () => {
  const many = Array.from({ length: 40 }, (_, index) => ({ providerKey: `host-${index}`, code: 'timeout' as const }));
  expect(silentHosts([...many, { providerKey: 'host-x', code: 'died' }])).toEqual([
    { code: 'timeout', names: ['host-0', 'host-1', 'host-2', 'host-3', 'host-4'], others: 35 },
    { code: 'died', names: ['host-x'], others: 0 },
  ]);
});
