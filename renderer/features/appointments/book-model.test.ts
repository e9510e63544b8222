import { expect, test } from 'vitest';
import type { AppointmentRow } from '../../../shared/contract/appointments.ts';
import { bookColumns, bookLines, cellsOf, instantOf, mondayOf } from './book-model.ts';

const places = { practitioners: [{ id: 'a', displayName: 'Dr A' }, { id: 'b', displayName: 'Dr B' }], rooms: ['Room 1'] };
const appointment = (start: number, minutes: number, fields: Partial<AppointmentRow> = {}): AppointmentRow => ({
  id: String(start), rev: '', createdAt: '', updatedAt: '', updatedBy: '', deleted: false, patientId: 'p', patientName: 'Ann', medicalRecordNumber: '1', status: 'booked', practitionerId: 'a',
  start: instantOf('2026-03-04', start), end: instantOf('2026-03-04', start + minutes), ...fields,
});

test('a day has a column for each, a week a column for each of its days from Monday on', () => {
  expect(bookColumns(places, { by: 'practitioner', span: 'day', day: '2026-03-04' }, String).map(({ label }) => label)).toEqual(['Dr A', 'Dr B']);
  const week = bookColumns(places, { by: 'practitioner', span: 'week', day: '2026-03-04', of: 'b' }, String);
  expect(week.map(({ label }) => label)).toEqual(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']);
  expect(new Set(week.map(({ practitionerId }) => practitionerId))).toEqual(new Set(['b']));
  expect(mondayOf('2026-03-08')).toBe('2026-03-02');
});

test('an appointment takes its lines in its own column alone, and a cancelled one none', () => {
  const [column] = bookColumns(places, { by: 'practitioner', span: 'day', day: '2026-03-04' }, String);
  const all = [appointment(540, 30), appointment(600, 10, { practitionerId: 'b' }), appointment(660, 15, { status: 'cancelled' })];
  const cells = cellsOf(column as never, all);
  expect([...cells].map(([line, { begins }]) => [line, begins])).toEqual([[540, true], [555, false]]);
});

test('two at one time are both told of', () => {
  const [column] = bookColumns(places, { by: 'practitioner', span: 'day', day: '2026-03-04' }, String);
  expect(cellsOf(column as never, [appointment(540, 15), appointment(540, 15, { status: 'arrived' })]).get(540)?.more).toBe(1);
});

test('the book reaches as far as what is booked', () => {
  expect([bookLines([]).at(0), bookLines([]).at(-1)]).toEqual([480, 1065]);
  const lines = bookLines([appointment(425, 15), appointment(1110, 30)]);
  expect([lines.at(0), lines.at(-1)]).toEqual([420, 1125]);
});
