import type { AuditAction } from '../../schema/audit-entry.ts';
import type { Content } from '../content.ts';
import { slotRule } from '../exclusion.ts';
import type { ChangeSet, Refusal, WireDocument } from '../protocol.ts';
import { clinicalActions } from './clinicians.ts';
import { correspond } from './colleagues.ts';
import type { Change, Deed } from './deed.ts';
import type { Choose, Desk } from './desk.ts';
import { fileCount, fileOf } from './files.ts';
import type { Random } from './random.ts';
import { inRecordRoom, isRecordRoom, keepsSeals } from './record-room.ts';
import type { Held } from './stores.ts';
import { keepUp } from './upkeep.ts';

/** Fields of a patient by the version of the program that first knew them; the last are unknown to this one's schema. */
const patientFields = [['name', 'address'], ['insuranceNumber', 'notes'], ['occupation', 'religion']] as const;

const refused = (document: WireDocument): boolean =>
  (document.collection === 'patients' && typeof document.content?.['gender'] !== 'string') ||
  (document.collection === 'medicalRecords' && typeof document.content?.['department'] !== 'string');

/** What the collections' schemas find in the documents that people write here, for stores in memory. */
export const refusalOf = ({ documents }: ChangeSet): Refusal | undefined =>
  documents.some((document) => document.content !== null && refused(document)) ? 'invalid-document' : undefined;

/** One action of a person, chosen by chance from what is on the screen; undefined where there is nothing to do it to. */
export function act(desk: Desk): Deed | undefined {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const [action, perform] = isRecordRoom(desk) && desk.random.chance(50) ? archive : corresponds(desk) ? correspondence : keepsUp(desk) ? upkeep : pickAction(desk);
    const changes = perform(desk);
    if (changes.length > 0 && keepsSeals(desk, changes)) return { action, at: desk.at, changes: [...changes, ...audit(desk, action)] };
  }
  return undefined;
}

/** Goes up and never down. */
const audit = ({ random, newId, deviceId }: Desk, action: string): Change[] =>
  random.chance(25) ? [{ collection: 'auditEntries', id: newId(), content: { action, actorId: 'someone', actorName: 'Someone', deviceId } }] : [];

type Action = (desk: Desk) => Change[];

function pickAction({ random, liked }: Desk): [AuditAction, Action] {
  const fond = random.chance(25) ? actions[liked % actions.length] : undefined;
  const draw = random.below(actions.reduce((sum, [weight]) => sum + weight, 0));
  let passed = 0;
  const [, name, perform] = fond ?? (actions.find(([weight]) => (passed += weight) > draw) as (typeof actions)[number]);
  return [name, perform];
}

const choose: Choose = ({ random, documents }, collection, fits = () => true) => {
  const found = documents.filter((document) => document.collection === collection && document.content !== null && fits(document));
  if (found.length === 0) return undefined;
  // Often the one that everybody is on: edits of different things never clash.
  return (random.chance(40) ? found[0] : random.of(found)) as Held & { content: Content };
};
const isLive = ({ deleted }: Held) => !deleted;

const registerPatient: Action = ({ random, newId, newWord, siteId, siteIds }) => {
  const sites = [...new Set([siteId, ...(random.chance(80) ? [random.of(siteIds)] : []), ...(random.chance(40) ? [random.of(siteIds)] : [])])];
  return [{ collection: 'patients', id: newId(), content: { name: newWord(), gender: 'unknown', medicalRecordNumber: newWord(), siteIds: sites } }];
};

const editPatient: Action = (desk) => {
  const patient = choose(desk, 'patients', isLive);
  if (patient === undefined) return [];
  const known = patientFields.slice(0, desk.version + 1).flat();
  return [{ collection: 'patients', id: patient.id, content: edited(desk, patient.content, desk.random.of([...known, 'emergencyContact'])) }];
};

function edited({ random, newWord }: Desk, content: Content, field: string): Content {
  if (field === 'notes') return { ...content, notes: editedLines(random, String(content['notes'] ?? ''), newWord()) };
  if (field === 'emergencyContact') {
    return { ...content, emergencyContact: { ...(content['emergencyContact'] as Content | undefined), [random.of(['name', 'relationship'])]: newWord() } };
  }
  if (field === 'name' || random.chance(80)) return { ...content, [field]: newWord() };
  const { [field]: _emptied, ...rest } = content;
  return rest;
}

function editedLines(random: Random, text: string, word: string): string {
  const lines = text === '' ? [] : text.split('\n');
  lines.splice(random.below(lines.length + 1), random.below(2), word);
  return lines.join('\n');
}

const writeRecord: Action = (desk) => {
  const patient = choose(desk, 'patients', isLive);
  if (patient === undefined) return [];
  const content = {
    kind: 'outpatient', department: 'General', chiefComplaint: desk.newWord(), admissionDate: '2026-01-01',
    patientId: patient.id, doctorId: 'someone', doctorName: 'Someone', status: 'draft',
  };
  const record: Change = { collection: 'medicalRecords', id: desk.newId(), content };
  return desk.random.chance(30) ? [record, { ...patientRef(patient), content: edited(desk, patient.content, 'address') }] : [record];
};
const patientRef = ({ id }: Held) => ({ collection: 'patients', id });

const editRecord: Action = (desk) => {
  const record = choose(desk, 'medicalRecords', isLive);
  if (record === undefined) return [];
  const content = { ...record.content, [desk.random.of(['diagnosis', 'treatment'])]: desk.newWord() };
  return [{ collection: 'medicalRecords', id: record.id, content: record.content['status'] === 'draft' ? content : amended(desk, record, content) }];
};

function amended({ newWord, at }: Desk, record: Held & { content: Content }, content: Content): Content {
  const before = (record.content['amendments'] as unknown[] | undefined) ?? [];
  return { ...content, status: 'amended', amendments: [...before, { userId: 'someone', name: 'Someone', at, reason: newWord(), overRev: record.rev }] };
}

const sign: Action = (desk) => {
  const record = choose(desk, 'medicalRecords', (one) => isLive(one) && one.content?.['status'] === 'draft');
  if (record === undefined) return [];
  return [{ collection: 'medicalRecords', id: record.id, content: { ...record.content, status: 'signed', signature: { userId: 'someone', name: 'Someone', at: desk.at } } }];
};

const throwAway: Action = (desk) => {
  const thing = choose(desk, desk.random.of(['patients', 'medicalRecords', 'appointments', 'documentReferences']), isLive);
  return thing === undefined ? [] : [{ collection: thing.collection, id: thing.id, content: thing.content, deleted: true }];
};

const bringBack: Action = (desk) => {
  const thing = choose(desk, desk.random.of(['patients', 'medicalRecords', 'appointments', 'documentReferences']), ({ deleted }) => deleted);
  return thing === undefined ? [] : [{ collection: thing.collection, id: thing.id, content: thing.content }];
};

/** A patient with everything that is written of it. */
const purge: Action = (desk) => {
  const patient = choose(desk, 'patients');
  if (patient === undefined) return [];
  const whole = desk.documents.filter((document) => document.content !== null && (document.id === patient.id || document.content['patientId'] === patient.id));
  return whole.map(({ collection, id }) => ({ collection, id, content: null, deleted: true }));
};

const changeSites: Action = (desk) => {
  const patient = choose(desk, 'patients', isLive);
  if (patient === undefined) return [];
  const before = (patient.content['siteIds'] as string[] | undefined) ?? [];
  const siteId = desk.random.of(desk.siteIds);
  const after = before.includes(siteId) ? before.filter((other) => other !== siteId) : [...before, siteId];
  return [{ collection: 'patients', id: patient.id, content: { ...patient.content, siteIds: after } }];
};

const pictureOf = ({ random, newWord }: Desk): Content => ({ title: newWord(), type: 'other', date: '2026-01-01', authorId: 'someone', authorName: 'Someone', attachment: fileOf(random.below(fileCount)) });
// In no history unless it is one of correspondence: what is found by many actions on few documents must not become rare in the others.
const corresponds = ({ correspondence: share, random }: Desk): boolean => share > 0 && random.chance(share);

/** Few, so that desks which do not see each other book the same. */
const practitionerIds = ['44444444-4444-7444-8444-444444444444'] as const;
const slots = ['09:00', '09:15', '09:30'] as const;
const timesOf = ({ random }: Desk): Content => {
  const index = random.below(slots.length);
  // Some take two slots.
  const end = random.chance(25) ? '10:00' : (slots[index + 1] ?? '09:45');
  return { practitionerId: random.of(practitionerIds), start: `2026-03-02T${slots[index] as string}:00.000Z`, end: `2026-03-02T${end}:00.000Z` };
};
/** A desk books only what is free as far as it can see. */
const isFree = ({ documents }: Desk, content: Content, id?: string): boolean =>
  documents.every((other) => other.collection !== 'appointments' || other.id === id || other.deleted || other.content === null || !slotRule.yields(content, other.content));

const bookAppointment: Action = (desk) => {
  const patient = choose(desk, 'patients', isLive);
  if (patient === undefined) return [];
  const content = { ...timesOf(desk), patientId: patient.id, status: 'booked', reason: desk.newWord() };
  return isFree(desk, content) ? [{ collection: 'appointments', id: desk.newId(), content }] : [];
};

const changeAppointment: Action = (desk) => {
  const appointment = choose(desk, 'appointments', isLive);
  if (appointment === undefined) return [];
  const { displacedBy: _displacedBy, ...rest } = appointment.content;
  const drawn = desk.random.below(4);
  const content: Content =
    drawn === 0 ? { ...appointment.content, reason: desk.newWord() }
    : drawn === 1 ? { ...rest, status: desk.random.of(['arrived', 'cancelled', 'booked']) }
    : { ...rest, ...timesOf(desk), status: 'booked' };
  return isFree(desk, content, appointment.id) ? [{ collection: 'appointments', id: appointment.id, content }] : [];
};

const attach: Action = (desk) => {
  const patient = choose(desk, 'patients', isLive);
  return patient === undefined ? [] : [{ collection: 'documentReferences', id: desk.newId(), content: { ...pictureOf(desk), patientId: patient.id } }];
};

const retitle: Action = (desk) => {
  const document = choose(desk, 'documentReferences', isLive);
  return document === undefined ? [] : [{ collection: 'documentReferences', id: document.id, content: { ...document.content, title: desk.newWord() } }];
};

const editUser: Action = (desk) => {
  const user = choose(desk, 'users');
  if (user !== undefined && desk.random.chance(80)) return [{ collection: 'users', id: user.id, content: { ...user.content, displayName: desk.newWord() } }];
  return [{ collection: 'users', id: desk.newId(), content: { username: desk.newWord(), displayName: desk.newWord(), role: 'doctor', active: true } }];
};

/** Written by a program with a fault: the server will not have it. */
const writeAmiss: Action = (desk) => {
  const patient = choose(desk, 'patients', isLive);
  if (patient === undefined) return [];
  const { gender: _gender, ...content } = patient.content;
  return [{ collection: 'patients', id: patient.id, content: { ...content, address: desk.newWord() } }];
};

/** Written by a program with a fault, or one of somebody else's making, over what was signed. */
const breakSeal: Action = (desk) => {
  const record = choose(desk, 'medicalRecords', (one) => isLive(one) && one.content?.['status'] !== 'draft');
  if (record === undefined) return [];
  const { signature: _signature, amendments: _amendments, ...content } = record.content;
  return [{ collection: 'medicalRecords', id: record.id, content: { ...content, status: 'draft', treatment: desk.newWord() } }];
};

/** Settles a clash for one of the two values; a signed record stays as it is. */
const settle: Action = (desk) => {
  const conflict = choose(desk, 'conflicts', ({ content }) => content?.['status'] === 'open');
  if (conflict === undefined) return [];
  const settled: Change = { collection: 'conflicts', id: conflict.id, content: { ...conflict.content, status: 'settled', settledBy: 'someone', settledAt: desk.at } };
  const [clash] = conflict.content['clashes'] as [{ path: string; kept: 0 | 1; values: [{ value?: unknown }, { value?: unknown }] }];
  const other = clash.values[clash.kept === 0 ? 1 : 0].value;
  const document = desk.documents.find(({ id }) => id === conflict.content['documentId']);
  const plain = !['', 'deleted', 'notes', 'note', 'status', 'signature', 'amendments', 'siteIds', 'start', 'end'].includes(clash.path) && !clash.path.includes('.');
  const sealed = document?.content?.['status'] !== undefined && document.content['status'] !== 'draft';
  if (!plain || sealed || document?.content == null || other === undefined || desk.random.chance(40)) return [settled];
  return [settled, { collection: document.collection, id: document.id, content: { ...document.content, [clash.path]: other }, deleted: document.deleted }];
};

const actions: [weight: number, name: AuditAction, Action][] = [
  [10, 'patient.created', registerPatient],
  [34, 'patient.updated', editPatient],
  [22, 'record.created', writeRecord],
  [20, 'record.updated', editRecord],
  [12, 'record.signed', sign],
  [5, 'patient.deleted', throwAway],
  [4, 'patient.restored', bringBack],
  [2, 'patient.deleted', purge],
  [12, 'patient.updated', changeSites],
  [14, 'appointment.booked', bookAppointment],
  [14, 'appointment.updated', changeAppointment],
  [4, 'user.updated', editUser],
  ...clinicalActions(choose),
  [8, 'document.created', attach],
  [3, 'document.updated', retitle],
  [3, 'patient.updated', writeAmiss],
  [3, 'record.updated', breakSeal],
  [60, 'conflict.settled', settle],
];

const correspondence: [AuditAction, Action] = ['referral.sent', correspond(choose, pictureOf)];
/** In every eighth history. */
const keepsUp = ({ liked, random }: Desk): boolean => liked % 8 === 7 && random.chance(50);
const upkeep: [AuditAction, Action] = ['clinic.updated', keepUp(choose)];
const archive: [AuditAction, Action] = ['chart.archived', inRecordRoom(choose)];
