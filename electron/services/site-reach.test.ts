import { expect, test } from 'vitest';
import type { FleetWorkstation } from '../../shared/contract/sync.ts';
import { sitesOf } from './site-reach.ts';

const [north, south, west] = ['north', 'south', 'west'].map((name) => ({ id: name, name }));
const sites = [north!, south!, west!];
const at = (siteId: string, position: number, over: Partial<FleetWorkstation> = {}) =>
  ({ siteId, position, self: false, state: 'active', ...over }) as FleetWorkstation;
const workstations = [
  at('north', 9, { self: true }), at('north', 7), at('south', 9), at('south', 5), at('south', 0, { state: 'revoked' }), at('west', 9, { self: false }),
];
const patient = { collection: 'patients', id: 'p', patientId: 'p', deleted: false };
const user = { collection: 'users', id: 'u', deleted: false };
const reach = (documents: (typeof patient | typeof user)[], serverPosition: number, siteIds: string[]) =>
  sitesOf({ documents, serverPosition }, { sites, workstations }, () => siteIds);

test('names the sites that hold the patient, each once all its other workstations are as far', () => {
  expect(reach([patient], 5, ['north', 'south'])).toEqual([{ name: 'north', has: true }, { name: 'south', has: true }]);
  expect(reach([patient], 7, ['north', 'south'])).toEqual([{ name: 'north', has: true }, { name: 'south', has: false }]);
  expect(reach([patient], 8, ['north'])).toEqual([{ name: 'north', has: false }]);
});

test('does not name a site that never gets the patient, as far as it may have read', () => {
  expect(reach([patient], 5, ['north']).map(({ name }) => name)).toEqual(['north']);
});

test('names every site for what belongs to the whole organisation', () => {
  expect(reach([user], 6, []).map(({ name, has }) => `${name} ${String(has)}`)).toEqual(['north true', 'south false', 'west true']);
});

test('does not wait for this workstation nor name a site that has no other', () => {
  expect(sitesOf({ documents: [user], serverPosition: 3 }, { sites, workstations: [at('north', 0, { self: true })] }, () => [])).toEqual([]);
});
