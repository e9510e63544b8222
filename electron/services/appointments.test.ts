import { expect, test } from 'vitest';
import { appointmentPlaces, bookAppointment, cancelAppointment, cancelSeries, listAppointments, listDisplaced, listSeries, updateAppointment } from './appointments.ts';
import { createPatient, deletePatient } from './patients.ts';
import { errorOf, openClinic, patientInput } from './testing/clinic.ts';

const at = (time: string, minutes = 15) => ({ start: `2026-03-02T${time}:00.000Z`, end: new Date(Date.parse(`2026-03-02T${time}:00.000Z`) + minutes * 60_000).toISOString() });
const march = { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' };

async function desk() {
  const clinic = await openClinic();
  const context = clinic.context('front-desk');
  const { id: patientId } = createPatient(context, { patient: patientInput });
  const practitionerId = appointmentPlaces(context).practitioners[0]?.id as string;
  return { clinic, context, patientId, practitionerId };
}

test('a slot is booked, moved and given back, and the book shows whose it is', async () => {
  const { context, patientId, practitionerId } = await desk();
  const [booked] = bookAppointment(context, { appointment: { patientId, practitionerId, ...at('09:00'), reason: 'Cough' } });
  expect(listAppointments(context, march)).toMatchObject([{ id: booked?.id, status: 'booked', patientName: '王小明', practitionerName: 'Dora Doctor', reason: 'Cough' }]);
  const moved = updateAppointment(context, { id: booked?.id as string, rev: booked?.rev as string, appointment: { patientId, practitionerId, ...at('10:00') } });
  expect(moved).toMatchObject({ ...at('10:00'), status: 'booked', siteId: context.store.siteId });
  const cancelled = cancelAppointment(context, { id: moved.id, rev: moved.rev, status: 'cancelled' });
  expect(cancelled.status).toBe('cancelled');
  expect(await errorOf(() => updateAppointment(context, { id: moved.id, rev: cancelled.rev, appointment: { patientId, practitionerId, ...at('11:00') } }))).toEqual({ code: 'appointment-ended' });
});

test.each(['1826-03-02', '2206-03-02'])('nobody is booked for, or moved to, %s', async (day) => {
  const { context, patientId, practitionerId } = await desk();
  const far = { patientId, practitionerId, start: `${day}T09:00:00.000Z`, end: `${day}T09:15:00.000Z` };
  const amiss = { code: 'invalid-input', issues: [{ path: 'appointment.start', code: 'out-of-range' }] };
  expect(await errorOf(() => bookAppointment(context, { appointment: far }))).toEqual(amiss);
  const [booked] = bookAppointment(context, { appointment: { patientId, practitionerId, ...at('09:00') } });
  expect(await errorOf(() => updateAppointment(context, { id: booked?.id ?? '', rev: booked?.rev ?? '', appointment: far }))).toEqual(amiss);
});

test('no slot is booked twice: not of the doctor, not of the room, and of a repeat with one taken slot none at all', async () => {
  const { context, patientId, practitionerId } = await desk();
  bookAppointment(context, { appointment: { patientId, practitionerId, room: 'Room 1', ...at('09:00') } });
  for (const place of [{ practitionerId }, { room: 'Room 1' }]) {
    expect(await errorOf(() => bookAppointment(context, { appointment: { patientId, ...place, ...at('09:10') } }))).toEqual({ code: 'slot-taken', starts: [at('09:10').start], count: 1 });
  }
  const weekBefore = { start: '2026-02-23T09:00:00.000Z', end: '2026-02-23T09:15:00.000Z' };
  expect(await errorOf(() => bookAppointment(context, { appointment: { patientId, practitionerId, ...weekBefore }, repeat: { every: 'week', times: 3 } }))).toMatchObject({ code: 'slot-taken' });
  expect(listAppointments(context, { from: '2026-02-20T00:00:00.000Z', to: march.to })).toHaveLength(1);
  bookAppointment(context, { appointment: { patientId, room: 'Room 2', ...at('09:00') } });
  expect(appointmentPlaces(context).rooms).toEqual(['Room 1', 'Room 2']);
});

test('one slot is left by whoever cancelled or moved away', async () => {
  const { context, patientId, practitionerId } = await desk();
  const [booked] = bookAppointment(context, { appointment: { patientId, practitionerId, ...at('09:00') } });
  cancelAppointment(context, { id: booked?.id as string, rev: booked?.rev as string, status: 'noshow' });
  expect(bookAppointment(context, { appointment: { patientId, practitionerId, ...at('09:00') } })).toHaveLength(1);
});

test('a repeat is one change set of one series', async () => {
  const { context, patientId, practitionerId } = await desk();
  const booked = bookAppointment(context, { appointment: { patientId, practitionerId, ...at('09:00') }, repeat: { every: 'day', times: 3 } });
  expect(booked.map(({ start }) => start.slice(0, 10))).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
  expect(new Set(booked.map(({ seriesId }) => seriesId)).size).toBe(1);
  const seqs = context.store.connection.prepare('SELECT DISTINCT change_seq FROM appointments').all();
  expect(seqs).toHaveLength(1);
});

test('one that gave way is on the list of what needs another time, with who keeps the slot, until it is booked again', async () => {
  const { context, patientId, practitionerId } = await desk();
  const { id: otherId } = createPatient(context, { patient: { ...patientInput, name: '李小红' } });
  const [kept] = bookAppointment(context, { appointment: { patientId, practitionerId, ...at('09:00') } });
  const late = context.store.commit({ actor: context.actor, action: 'appointment.booked' }, (transaction) =>
    transaction.create('appointments', { patientId: otherId, practitionerId, ...at('09:00'), status: 'proposed', displacedBy: kept?.id as string }),
  );
  expect(listDisplaced(context)).toMatchObject([{ id: late.id, patientName: '李小红', keptFor: { patientName: '王小明' } }]);
  const again = updateAppointment(context, { id: late.id, rev: late.rev, appointment: { patientId: otherId, practitionerId, ...at('09:15') } });
  expect(again.status).toBe('booked');
  expect(again).not.toHaveProperty('displacedBy');
  expect(listDisplaced(context)).toEqual([]);
});

test('nobody books for a patient who is in the trash, and none of hers is shown', async () => {
  const { clinic, context, patientId, practitionerId } = await desk();
  bookAppointment(context, { appointment: { patientId, practitionerId, ...at('09:00') } });
  const { rev } = context.store.get('patients', patientId) as { rev: string };
  deletePatient(clinic.context('doctor'), { id: patientId, rev });
  expect(listAppointments(context, march)).toEqual([]);
  expect(await errorOf(() => bookAppointment(context, { appointment: { patientId, practitionerId, ...at('10:00') } }))).toEqual({ code: 'patient-deleted' });
});

test('of a repeat every time that is taken is told', async () => {
  const { context, patientId, practitionerId } = await desk();
  for (const day of ['03', '05']) bookAppointment(context, { appointment: { patientId, practitionerId, start: `2026-03-${day}T09:05:00.000Z`, end: `2026-03-${day}T09:10:00.000Z` } });
  expect(await errorOf(() => bookAppointment(context, { appointment: { patientId, practitionerId, ...at('09:00') }, repeat: { every: 'day', times: 5 } }))).toEqual({
    code: 'slot-taken', starts: ['2026-03-03T09:00:00.000Z', '2026-03-05T09:00:00.000Z'], count: 2,
  });
});

test('of a series one is called off, it and all later ones, or all that are to come, in one change set; who was here stays as written', async () => {
  const { clinic, context, patientId, practitionerId } = await desk();
  const now = clinic.context('front-desk').store.now();
  const start = new Date(now.getTime() - 36 * 3_600_000).toISOString();
  const booked = bookAppointment(context, { appointment: { patientId, practitionerId, start, end: new Date(Date.parse(start) + 900_000).toISOString() }, repeat: { every: 'day', times: 7 } });
  const open = (index: number) => context.store.get('appointments', booked[index]?.id as string) as (typeof booked)[number];
  const cancel = (index: number, part: 'one' | 'later' | 'all') => cancelSeries(context, { id: open(index).id, rev: open(index).rev, part });
  const statuses = () => booked.map((_, index) => open(index).status);
  context.store.commit({ actor: context.actor, action: 'appointment.updated' }, (transaction) =>
    transaction.update('appointments', open(3).id, { patientId, practitionerId, start: open(3).start, end: open(3).end, status: 'arrived', seriesId: open(3).seriesId as string }, { over: open(3).rev }));
  expect(listSeries(context, { id: open(5).id }).map(({ id }) => booked.findIndex((one) => one.id === id))).toEqual([2, 4, 5, 6]);

  expect(await errorOf(() => cancelSeries(context, { id: open(6).id, rev: open(5).rev, part: 'all' }))).toMatchObject({ code: 'stale-revision' });
  expect(statuses()).toEqual(['booked', 'booked', 'booked', 'arrived', 'booked', 'booked', 'booked']);
  expect(cancel(6, 'one')).toHaveLength(1);
  cancel(5, 'later');
  expect(statuses()).toEqual(['booked', 'booked', 'booked', 'arrived', 'booked', 'cancelled', 'cancelled']);
  expect(cancel(4, 'all')).toHaveLength(2);
  expect(statuses()).toEqual(['booked', 'booked', 'cancelled', 'arrived', 'cancelled', 'cancelled', 'cancelled']);
  const together = context.store.connection.prepare('SELECT count(DISTINCT change_seq) AS sets FROM appointments WHERE id IN (?, ?)').get(open(2).id, open(4).id);
  expect(together).toEqual({ sets: 1 });
  expect(bookAppointment(context, { appointment: { patientId, practitionerId, start: open(4).start, end: open(4).end } })).toHaveLength(1);
});

test('one of a series that was given to somebody else has left it', async () => {
  const { context, patientId, practitionerId } = await desk();
  const { id: otherId } = createPatient(context, { patient: { ...patientInput, name: '李小红' } });
  const soon = new Date(context.store.now().getTime() + 3_600_000);
  const slot = { start: soon.toISOString(), end: new Date(soon.getTime() + 900_000).toISOString() };
  const [first, second, third] = bookAppointment(context, { appointment: { patientId, practitionerId, ...slot }, repeat: { every: 'day', times: 3 } });
  updateAppointment(context, { id: second?.id as string, rev: second?.rev as string, appointment: { patientId: otherId, practitionerId, start: second?.start as string, end: second?.end as string } });
  expect(cancelSeries(context, { id: first?.id as string, rev: first?.rev as string, part: 'all' }).map(({ id }) => id)).toEqual([first?.id, third?.id]);
  expect(context.store.get('appointments', second?.id as string)?.status).toBe('booked');
});
