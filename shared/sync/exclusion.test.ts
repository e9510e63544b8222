import { describe, expect, test } from 'vitest';
import { decideChangeSet } from './decide.ts';
import type { Lookup, Version } from './version.ts';
import { policyOf } from './policies.ts';
import type { ChangeSet, WireDocument } from './protocol.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-01-01T00:00:00.000Z';
const doctor = id(1);
const [first, second] = [id(100), id(200)];

const content = (fields: object = {}) => ({
  patientId: id(900), practitionerId: doctor, start: '2026-03-02T09:00:00.000Z', end: '2026-03-02T09:15:00.000Z', status: 'booked', reason: 'cough', ...fields,
});
const version = (documentId: string, rev: number, baseRev: string | null, fields: object = {}, deleted = false): WireDocument => ({
  collection: 'appointments', id: documentId, rev: id(rev), baseRev, deleted, createdAt: at, updatedAt: at, updatedBy: 'desk', content: content(fields),
});
const changeSet = (n: number, ...documents: WireDocument[]): ChangeSet => ({ id: id(500 + n), action: 'appointment.booked', actorId: 'desk', deviceId: id(700 + n), wallTime: at, documents });

/** What a server keeps, as small as can be. */
function server() {
  const versions: (Version & { branch: boolean })[] = [];
  const current = () => new Map(versions.filter(({ branch }) => !branch).map((one) => [one.id, one]));
  const lookup: Lookup = {
    current: (_collection, documentId) => current().get(documentId),
    byRev: (_collection, documentId, rev) => versions.find((one) => one.id === documentId && one.rev === rev),
    conflictsOf: () => [],
    sharing: (_collection, keys) => [...current().values()].filter((one) => one.content !== null && policyOf('appointments').exclusion?.keys(one.content).some((key) => keys.includes(key))),
  };
  const take = (set: ChangeSet) => {
    const decision = decideChangeSet(set, lookup);
    for (const { document, branch } of decision.writes) versions.push({ ...document, branch });
    return decision;
  };
  const standing = (documentId: string) => current().get(documentId) as Version;
  const conflicts = () => versions.filter(({ collection }) => collection === 'conflicts');
  return { take, standing, conflicts };
}

/** Two desks that could not see each other booked one slot. */
function bookedTwice() {
  const { take, ...rest } = server();
  take(changeSet(1, version(first, 1000, null)));
  const decision = take(changeSet(2, version(second, 2000, null, { reason: 'fever' })));
  return { take, decision, ...rest };
}

test('of two bookings of one slot the first to land stands; the later one gives way, says to whom, and loses nothing', () => {
  const { standing, decision } = bookedTwice();
  expect(standing(first).content).toEqual(content());
  expect(standing(second).content).toEqual(content({ reason: 'fever', status: 'proposed', displacedBy: first }));
  expect(decision.merged).toEqual([{ collection: 'appointments', id: second, rev: standing(second).rev }]);
});

test.each([
  ['another practitioner', { practitionerId: id(2) }],
  ['right after it', { start: '2026-03-02T09:15:00.000Z', end: '2026-03-02T09:30:00.000Z' }],
  ['a room of that name at another site', { practitionerId: undefined, room: 'Room 1', siteId: id(3) }],
])('%s is another slot', (_what, fields) => {
  const { take, standing } = server();
  take(changeSet(1, version(first, 1000, null, { room: 'Room 1', siteId: id(4) })));
  take(changeSet(2, version(second, 2000, null, fields)));
  expect(standing(second).content?.['status']).toBe('booked');
});

test('a slot across midnight is found on both days', () => {
  const { take, standing } = server();
  take(changeSet(1, version(first, 1000, null, { start: '2026-03-02T23:30:00.000Z', end: '2026-03-03T00:30:00.000Z' })));
  take(changeSet(2, version(second, 2000, null, { start: '2026-03-03T00:15:00.000Z', end: '2026-03-03T00:45:00.000Z' })));
  expect(standing(second).content).toMatchObject({ displacedBy: first });
});

test('a repeat of the push changes nothing, with what it had become known or not', () => {
  const { take, standing } = bookedTwice();
  const landed = standing(second);
  expect(take(changeSet(2, version(second, 2000, null, { reason: 'fever' })))).toMatchObject({ writes: [], repeated: [{ id: second }] });
  expect(standing(second)).toEqual(landed);
});

test('what the desk changed before it heard of it is merged with it, and is no conflict', () => {
  const { take, standing, conflicts } = bookedTwice();
  take(changeSet(3, version(second, 2001, id(2000), { reason: 'fever and cough' })));
  expect(standing(second).content).toEqual(content({ reason: 'fever and cough', status: 'proposed', displacedBy: first }));
  expect(conflicts()).toEqual([]);
});

test('a patient who has arrived meanwhile is there, whoever booked first', () => {
  const { take, standing, conflicts } = bookedTwice();
  take(changeSet(3, version(second, 2001, id(2000), { reason: 'fever', status: 'arrived' })));
  expect(standing(second).content).toEqual(content({ reason: 'fever', status: 'arrived' }));
  expect(conflicts()).toEqual([]);
});

test('moved to another time by somebody who did not know, it stands there', () => {
  const { take, standing } = bookedTwice();
  const elsewhere = { start: '2026-03-02T10:00:00.000Z', end: '2026-03-02T10:15:00.000Z' };
  take(changeSet(3, version(second, 2001, id(2000), elsewhere)));
  expect(standing(second).content).toEqual(content({ ...elsewhere, reason: 'cough' }));
});

test('moved and moved differently at once, it may not end in a slot that is taken', () => {
  const { take, standing } = server();
  take(changeSet(1, version(first, 1000, null, { room: 'A', practitionerId: undefined })));
  take(changeSet(2, version(second, 2000, null, { room: 'B', start: '2026-03-02T08:30:00.000Z', end: '2026-03-02T09:30:00.000Z', practitionerId: undefined })));
  take(changeSet(3, version(second, 2001, id(2000), { room: 'B', start: '2026-03-02T08:30:00.000Z', end: '2026-03-02T09:30:00.000Z', practitionerId: undefined, reason: 'x' })));
  take(changeSet(4, version(second, 2002, id(2000), { room: 'A', start: '2026-03-02T08:30:00.000Z', end: '2026-03-02T09:30:00.000Z', practitionerId: undefined })));
  expect(standing(second).content).toMatchObject({ room: 'A', reason: 'x', status: 'proposed', displacedBy: first });
});

test('two that pass each other in one change set both stand; the slot is free to nobody else', () => {
  const { take, standing } = server();
  const later = { start: '2026-03-02T10:00:00.000Z', end: '2026-03-02T10:15:00.000Z' };
  take(changeSet(1, version(first, 1000, null), version(second, 2000, null, later)));
  take(changeSet(2, version(first, 1001, id(1000), later), version(second, 2001, id(2000))));
  expect([first, second].map((one) => standing(one).content?.['status'])).toEqual(['booked', 'booked']);
});

test('out of the trash into a slot that was given away, it gives way', () => {
  const { take, standing } = server();
  take(changeSet(1, version(second, 2000, null)));
  take(changeSet(2, version(second, 2001, id(2000), {}, true)));
  take(changeSet(3, version(first, 1000, null)));
  take(changeSet(4, version(second, 2002, id(2001))));
  expect(standing(second).content).toMatchObject({ status: 'proposed', displacedBy: first });
});

test('a restored server is brought the same by whoever knows it, in either order, and makes the same of it', () => {
  const known = bookedTwice().standing(second);
  const { deviceId: _deviceId, ...told } = known;
  const sent = version(second, 2000, null, { reason: 'fever' });
  for (const order of [[told, sent], [sent, told]] as const) {
    const { take, standing, conflicts } = server();
    take(changeSet(1, version(first, 1000, null)));
    order.forEach((document, index) => take(changeSet(2 + index, document)));
    expect(standing(second).content).toEqual(known.content);
    expect(conflicts()).toEqual([]);
  }
});

test('a restored server that meets the later one first lets one of them have the slot, whoever brings what', () => {
  const known = bookedTwice().standing(second);
  const { deviceId: _deviceId, ...told } = known;
  const [early, late] = [version(first, 1000, null), version(second, 2000, null, { reason: 'fever' })];
  for (const order of [[late, early, told], [early, late, told], [late, told, early], [told, early, late], [told, late, early]]) {
    const { take, standing, conflicts } = server();
    order.forEach((document, index) => take(changeSet(1 + index, document)));
    expect([standing(first).content?.['status'], standing(second).content?.['status']]).toEqual(['booked', 'proposed']);
    expect(conflicts()).toEqual([]);
  }
});

describe('where each gave way to the other, and a third took the slot of one meanwhile', () => {
  const third = id(300);
  const short = { start: '2026-03-02T09:30:00.000Z', end: '2026-03-02T09:45:00.000Z' };
  const long = { end: '2026-03-02T10:00:00.000Z' };

  /** On the server that was lost the long one came first; on this one the short one did, and the third found the beginning of the long one free. */
  function passed() {
    const lost = server();
    lost.take(changeSet(1, version(second, 2000, null, long)));
    lost.take(changeSet(2, version(first, 1000, null, short)));
    const { deviceId: _deviceId, ...told } = lost.standing(first);
    const here = server();
    here.take(changeSet(2, version(first, 1000, null, short)));
    here.take(changeSet(1, version(second, 2000, null, long)));
    here.take(changeSet(3, version(third, 3000, null)));
    return { ...here, told };
  }

  test('the one whose slot is free has it', () => {
    const { take, standing, told } = passed();
    take(changeSet(4, told));
    expect(standing(first).content).toEqual(content(short));
    expect(standing(second).content).toMatchObject({ status: 'proposed', displacedBy: first });
    expect(standing(third).content).toEqual(content());
  });

  test('where neither can, what was in the way is named', () => {
    const { take, standing, told } = passed();
    take(changeSet(4, version(id(400), 4000, null, { ...short, status: 'arrived' })));
    take(changeSet(5, told));
    expect(standing(first).content).toMatchObject({ status: 'proposed', displacedBy: second });
    expect(standing(second).content).toMatchObject({ status: 'proposed', displacedBy: expect.not.stringMatching(first) as string });
  });
});
