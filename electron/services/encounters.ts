import { byCall } from '../../shared/appointments/queue.ts';
import { maskedName } from '../../shared/appointments/masked-name.ts';
import type { BoardRow, EncounterRow } from '../../shared/contract/encounters.ts';
import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { Appointment } from '../../shared/schema/appointment.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { Encounter, EncounterContent } from '../../shared/schema/encounter.ts';
import { findEncounter, listOpenEncounters, openEncounterOf } from '../storage/encounters.ts';
import { openAppointment } from './appointments.ts';
import { isSamePerson } from '../storage/linked-patients.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import { presentPatient } from './patients.ts';
import { getSettings } from './settings.ts';

const hereOnly = ({ store }: Context, rows: EncounterRow[]) => rows.filter(({ siteId }) => siteId === undefined || siteId === store.siteId);

export function queue(context: Context): EncounterRow[] {
  return hereOnly(context, listOpenEncounters(context.store.connection)).sort(byCall);
}

/** Masked here, so that no full name ever reaches the screen in the waiting room. */
export function board(context: Context): CallOutput<'encounters.board'> {
  const { roomBoardNames = 'masked' } = getSettings(context);
  const rows = queue(context);
  const toBoard = ({ id, patientName, medicalRecordNumber, room, calledAt, priority }: EncounterRow): BoardRow => ({
    id, priority, label: roomBoardNames === 'masked' ? maskedName(patientName) : medicalRecordNumber.slice(-4),
    ...(room !== undefined && { room }), ...(calledAt !== undefined && { calledAt }),
  });
  const isCalled = ({ status }: EncounterRow) => status === 'in-progress';
  return { called: rows.filter(isCalled).map(toBoard), waiting: rows.filter((row) => !isCalled(row)).map(toBoard) };
}

export function getEncounter({ store }: Context, { id }: CallParsed<'encounters.get'>): EncounterRow {
  return findEncounter(store.connection, id) ?? fail({ code: 'not-found', collection: 'encounters' });
}

/** Fails with `not-found`, `patient-deleted`, `appointment-ended` or `already-checked-in`. */
export function checkIn({ store, actor }: Context, { patientId, appointmentId, urgency, ...visit }: CallParsed<'encounters.checkIn'>): Encounter {
  presentPatient(store, patientId);
  if (openEncounterOf(store.connection, patientId) !== undefined) fail({ code: 'already-checked-in' });
  const appointment = appointmentId === undefined ? undefined : openAppointment(store, appointmentId);
  if (appointment !== undefined && !isSamePerson(store.connection, appointment.patientId, patientId)) fail({ code: 'not-found', collection: 'appointments' });
  const content: EncounterContent = {
    ...visit, ...urgency, patientId, status: 'arrived', arrivedAt: store.now().toISOString(),
    ...(store.siteId !== undefined && { siteId: store.siteId }),
    ...(appointment && fromAppointment(appointment, visit.reason)),
  };
  return store.commit({ actor, action: 'encounter.arrived', about: { patientId } }, (transaction) => {
    if (appointment !== undefined) {
      const { displacedBy: _displacedBy, ...booked } = contentOf(appointment);
      transaction.update('appointments', appointment.id, { ...booked, status: 'arrived' }, { over: appointment.rev });
    }
    return transaction.create('encounters', content);
  });
}

/** What was said when it was booked goes on, unless the desk says otherwise. */
const fromAppointment = ({ id, practitionerId, room, reason: booked }: Appointment, reason = booked): Partial<EncounterContent> => ({
  appointmentId: id,
  ...(practitionerId !== undefined && { practitionerId }),
  ...(room !== undefined && { room }),
  ...(reason !== undefined && { reason }),
});

/** Fails with `not-found`, `patient-deleted`, `encounter-ended` or `stale-revision`, as the two below do. */
export function triage(context: Context, { id, rev, urgency }: CallParsed<'encounters.triage'>): Encounter {
  const { priorityReason: _before, ...content } = openEncounter(context, id);
  const status = content.status === 'arrived' ? 'triaged' : content.status;
  return supersede(context, 'encounter.updated', { id, rev }, { ...content, ...urgency, status });
}

export function callPatient(context: Context, { id, rev, room }: CallParsed<'encounters.call'>): Encounter {
  const content = openEncounter(context, id);
  return supersede(context, 'encounter.called', { id, rev }, { ...content, room, status: 'in-progress', calledAt: context.store.now().toISOString() });
}

/** Ends the visit, and with it its appointment. */
export function finish(context: Context, { id, rev, status }: CallParsed<'encounters.finish'>): Encounter {
  const { store, actor } = context;
  const content = openEncounter(context, id);
  const appointment = store.get('appointments', content.appointmentId ?? '');
  return store.commit({ actor, action: 'encounter.finished', about: { patientId: content.patientId } }, (transaction) => {
    if (appointment !== undefined && appointment.status === 'arrived') {
      transaction.update('appointments', appointment.id, { ...contentOf(appointment), status: status === 'finished' ? 'fulfilled' : 'noshow' }, { over: appointment.rev });
    }
    return transaction.update('encounters', id, { ...content, status, endedAt: store.now().toISOString() }, { over: rev });
  });
}

export function slipPrinted({ store, workstation, actor }: Context, { id }: CallParsed<'encounters.slipPrinted'>): null {
  const { patientId } = findEncounter(store.connection, id) ?? fail({ code: 'not-found', collection: 'encounters' });
  workstation.audit({ actor, action: 'encounter.slip-printed', about: { collection: 'encounters', documentId: id, patientId } });
  return null;
}

function openEncounter({ store }: Context, id: string): EncounterContent {
  const encounter = store.get('encounters', id);
  if (encounter === undefined || encounter.deleted) return fail({ code: 'not-found', collection: 'encounters' });
  presentPatient(store, encounter.patientId);
  return encounter.status === 'finished' || encounter.status === 'cancelled' ? fail({ code: 'encounter-ended' }) : contentOf(encounter);
}

function supersede({ store, actor }: Context, action: AuditAction, { id, rev }: { id: string; rev: string }, content: EncounterContent): Encounter {
  return store.commit({ actor, action, about: { patientId: content.patientId } }, (transaction) => transaction.update('encounters', id, content, { over: rev }));
}
