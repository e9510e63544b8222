import { expect, test } from 'vitest';
import { centralOf, sitesOf } from './site-reach.ts';

const sites = Object.entries({ north: 7, south: 5, west: 9 }).map(([id, position]) => ({ id, name: id, position }));
const patient = { collection: 'patients', id: 'p', patientId: 'p', deleted: false };
const user = { collection: 'users', id: 'u', deleted: false };
const reach = (documents: (typeof patient | typeof user)[], serverPosition: number, siteIds: string[]) => sitesOf({ documents, serverPosition }, sites, () => siteIds);

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

test('does not name a site that has no other workstation, which the server does not tell', () => {
  expect(reach([patient], 3, ['east'])).toEqual([]);
});

test('says of what is on the server whether it is known to be on the one that this one follows', () => {
  const reach = { organisationName: 'Central', position: 7, refused: [4] };
  const at = (serverPosition?: number) => centralOf({ ...(serverPosition !== undefined && { serverPosition }) }, reach);
  expect([at(3), at(4), at(7), at(8), at()]).toEqual(['there', 'refused', 'there', 'waiting', 'waiting']);
});
