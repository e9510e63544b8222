import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contract, type CallName } from '../../shared/contract/index.ts';
import { roles } from '../../shared/permissions.ts';
import { openClinic } from '../services/testing/clinic.ts';
import { handlers } from './handlers.ts';
import { answerCall, type Handlers } from './router.ts';

/** a admin, d doctor, n nurse, f front desk; `public` before sign-in. A call that is missing here does not compile. */
const mayCall: Record<CallName, string> = {
  'allergyIntolerances.create': 'dn', 'allergyIntolerances.list': 'adn', 'allergyIntolerances.update': 'dn',
  'analytics.choices': 'adn', 'analytics.dashboard': 'adn', 'analytics.export': 'ad', 'analytics.exportPatients': 'ad', 'analytics.patients': 'adn',
  'clinicalReports.check': 'adn', 'clinicalReports.file': 'ad', 'clinicalReports.list': 'adn', 'clinicalReports.make': 'adn', 'clinicalReports.schedule': 'adn', 'clinicalReports.setSchedule': 'a',
  'app.status': 'public', 'app.work': 'adnf', 'audit.list': 'a',
  'appointments.book': 'dnf', 'appointments.history': 'adnf', 'appointments.cancel': 'dnf', 'appointments.cancelSeries': 'dnf', 'appointments.list': 'adnf', 'appointments.listDisplaced': 'adnf', 'appointments.places': 'adnf', 'appointments.series': 'adnf', 'appointments.update': 'dnf',
  'automation.acknowledge': 'a', 'automation.decide': 'a', 'automation.look': 'a', 'automation.set': 'a', 'automation.state': 'a',
  'backups.checkIntegrity': 'a', 'backups.create': 'a', 'backups.list': 'public', 'backups.restore': 'public',
  'careTasks.create': 'dn', 'careTasks.end': 'dn', 'careTasks.list': 'adn', 'careTasks.read': 'adn',
  'chart.alerts': 'adn', 'chart.history': 'adn', 'chart.summary': 'adn', 'codes.load': 'a', 'codes.loadRanges': 'a', 'codes.ranges': 'adnf', 'codes.removeRanges': 'a', 'codes.search': 'adnf', 'codes.tables': 'a',
  'conditions.create': 'dn', 'conditions.list': 'adn', 'conditions.update': 'dn',
  'cloudReports.check': 'a', 'cloudReports.file': 'a', 'cloudReports.list': 'a', 'cloudReports.make': 'a', 'cloudReports.schedule': 'a', 'cloudReports.setSchedule': 'a',
  'communications.counts': 'adn', 'communications.list': 'adn', 'communications.read': 'adn', 'communications.restore': 'ad', 'communications.send': 'dn',
  'conflicts.get': 'adnf', 'conflicts.list': 'adnf', 'conflicts.settle': 'adnf', 'conflicts.undo': 'adnf',
  'documentReferences.append': 'dn', 'documentReferences.begin': 'dn', 'documentReferences.cancel': 'dn', 'documentReferences.create': 'dn', 'documentReferences.delete': 'd',
  'documentReferences.exported': 'adn', 'documentReferences.list': 'adn', 'documentReferences.open': 'adn', 'documentReferences.read': 'adn', 'documentReferences.restore': 'ad', 'documentReferences.update': 'dn',
  'drafts.discard': 'adnf', 'drafts.find': 'adnf', 'drafts.list': 'adnf', 'drafts.save': 'adnf',
  'encounters.board': 'adnf', 'encounters.call': 'dnf', 'encounters.checkIn': 'dnf', 'encounters.finish': 'dnf', 'encounters.get': 'adnf', 'encounters.history': 'adnf', 'encounters.queue': 'adnf',
  'encounters.slipPrinted': 'dnf', 'encounters.triage': 'dnf',
  'enrolment.find': 'public', 'enrolment.join': 'public', 'enrolment.leave': 'a', 'enrolment.resume': 'public',
  'exports.list': 'ad', 'exports.patients': 'ad', 'exports.read': 'ad', 'exports.records': 'ad',
  'fhirExports.all': 'ad', 'fhirExports.patient': 'ad', 'fhirImports.check': 'a', 'fhirImports.problems': 'a', 'fhirImports.report': 'a', 'fhirImports.run': 'a',
  'favourites.addOrder': 'dn', 'favourites.list': 'adnf', 'favourites.removeOrder': 'dn', 'favourites.setPatient': 'adnf', 'recentPatients.list': 'adnf', 'saves.last': 'adnf', 'saves.undo': 'adnf',
  'textTemplates.create': 'adn', 'textTemplates.delete': 'adn', 'textTemplates.list': 'adn', 'textTemplates.update': 'adn',
  'fleet.createCode': 'a', 'fleet.lag': 'a', 'fleet.list': 'a', 'fleet.move': 'a', 'fleet.quarantine': 'a', 'fleet.quarantineExport': 'a',
  'fleet.quarantineRead': 'a', 'fleet.quarantineRelease': 'a', 'fleet.rename': 'a', 'fleet.revoke': 'a',
  'hub.follow': 'a', 'hub.start': 'a', 'hub.state': 'adnf', 'hub.stop': 'a', 'hub.unfollow': 'a',
  'immunizations.create': 'dn', 'immunizations.list': 'adn', 'immunizations.update': 'dn',
  'imports.append': 'a', 'imports.batches': 'a', 'imports.begin': 'a', 'imports.close': 'a', 'imports.dryRun': 'a',
  'imports.inspect': 'a', 'imports.problems': 'a', 'imports.report': 'a', 'imports.run': 'a', 'imports.undo': 'a',
  'jobs.cancel': 'adnf', 'jobs.get': 'adnf', 'jobs.list': 'adnf',
  'medicationRequests.list': 'adn', 'observations.create': 'dn', 'observations.list': 'adn', 'observations.update': 'dn',
  'orders.endService': 'd', 'orders.group': 'adn', 'orders.printed': 'adn', 'orders.sign': 'd', 'orders.stopMedication': 'd',
  'maintenance.hosts': 'a', 'maintenance.setState': 'a',
  'patients.create': 'adnf', 'patients.delete': 'ad', 'patients.get': 'adnf', 'patients.history': 'adnf', 'patients.list': 'adnf',
  'patients.findByNumber': 'adnf', 'patients.duplicates': 'adf', 'patients.keepApart': 'adf', 'patients.merge': 'adf', 'patients.unmerge': 'adf', 'patients.replaced': 'adnf', 'patients.possibleDuplicates': 'adnf', 'patients.restore': 'ad', 'patients.search': 'adnf', 'patients.summary': 'adn',
  'patients.update': 'adnf',
  'placements.explain': 'a', 'placements.export': 'a', 'placements.machines': 'a', 'placements.plan': 'a', 'placements.record': 'a', 'placements.run': 'a', 'placements.runs': 'a', 'placements.solve': 'a',
  'plans.begin': 'a', 'plans.rollBack': 'a', 'plans.run': 'a', 'plans.stop': 'a',
  'prints.printed': 'adnf',
  'providers.jobs': 'a', 'providers.list': 'a', 'providers.refresh': 'a', 'providers.samples': 'a',
  'preferences.update': 'public',
  'quality.clean': 'ad', 'quality.cleanings': 'ad', 'quality.departments': 'ad', 'quality.list': 'ad', 'quality.preview': 'ad', 'quality.state': 'ad', 'quality.undo': 'ad',
  'quarantine.discard': 'ad', 'quarantine.export': 'ad', 'quarantine.list': 'ad', 'quarantine.retry': 'ad',
  'recordRoom.appendVerify': 'adn', 'recordRoom.beginVerify': 'adn', 'recordRoom.exportCopy': 'ad', 'recordRoom.exportList': 'ad', 'recordRoom.get': 'adn', 'recordRoom.lend': 'adn',
  'recordRoom.list': 'adn', 'recordRoom.move': 'adn', 'recordRoom.return': 'adn', 'recordRoom.seal': 'adn', 'recordRoom.sealAnew': 'adn', 'recordRoom.verify': 'adn',
  'records.amend': 'd', 'records.create': 'dn', 'records.delete': 'd', 'records.get': 'adn', 'records.history': 'adn',
  'records.listForPatient': 'adn', 'records.listUnsigned': 'adn', 'records.printed': 'adn', 'records.restore': 'ad',
  'records.sign': 'd', 'records.update': 'dn',
  'recoveryKey.confirm': 'public', 'recoveryKey.renew': 'a',
  'referrals.accept': 'd', 'referrals.cancel': 'd', 'referrals.chart': 'adn', 'referrals.complete': 'd', 'referrals.count': 'adn', 'referrals.endSharing': 'd', 'referrals.get': 'adn',
  'referrals.list': 'adn', 'referrals.listOfPatient': 'adn', 'referrals.read': 'adn', 'referrals.recipients': 'adn', 'referrals.reject': 'd', 'referrals.send': 'd',
  'providers.changeJob': 'a', 'providers.changeQueue': 'a', 'providers.createPool': 'a', 'providers.queueJobs': 'a',
  'resources.checkImport': 'a', 'resources.delete': 'a', 'resources.restore': 'a', 'resources.export': 'a', 'resources.get': 'a', 'resources.import': 'a', 'resources.list': 'a',
  'resources.overview': 'a', 'resources.packing': 'a', 'resources.save': 'a', 'resources.totalTerms': 'a',
  'schedules.bars': 'a', 'schedules.run': 'a', 'schedules.runs': 'a', 'schedules.solve': 'a',
  'serviceRequests.list': 'adn',
  'sessions.lock': 'public', 'sessions.recover': 'public', 'sessions.signIn': 'public', 'sessions.signOut': 'public',
  'sessions.touch': 'adnf', 'sessions.unlock': 'public',
  'settings.get': 'adnf', 'settings.update': 'a',
  'setup.createClinic': 'public', 'setup.createDemo': 'public',
  'sites.current': 'adnf', 'sites.update': 'a',
  'sync.changeSets': 'adnf', 'sync.state': 'public', 'sync.syncNow': 'adnf',
  'trash.list': 'ad',
  'users.changePassword': 'adnf', 'users.create': 'a', 'users.list': 'a', 'users.resetPassword': 'a', 'users.update': 'a',
};
const names = Object.keys(contract) as CallName[];

/** No schema takes a number, so a call that gets as far as its schema shows that it was let in, and does nothing. */
const wrongInput = 7;

test.each(roles)('%s may make the calls that are hers and no others', async (role) => {
  const { workstation, context } = await openClinic();
  const { sessionId } = context(role);
  const answered = await Promise.all(
    names.map(async (name) => {
      const answer = await answerCall(workstation, handlers, { sessionId, name, input: wrongInput });
      return [name, answer.ok ? 'answered' : answer.error.code];
    }),
  );
  const expected = names.map((name) => {
    const allowed = mayCall[name] === 'public' || mayCall[name].includes(role.charAt(0));
    return [name, allowed ? 'invalid-input' : 'forbidden'];
  });
  expect(answered).toEqual(expected);
});

test.each([['nobody', 'unauthenticated'], ['locked', 'locked']])('before sign-in or behind the lock (%s) only public calls are let in', async (kind, code) => {
  const { workstation, context } = await openClinic();
  const { sessionId } = context('admin');
  if (kind === 'locked') workstation.sessions.lock(sessionId);
  else workstation.sessions.end(sessionId);
  for (const name of names) {
    const answer = await answerCall(workstation, handlers, { sessionId, name, input: wrongInput });
    expect([name, answer.ok ? 'answered' : answer.error.code]).toEqual([name, mayCall[name] === 'public' ? 'invalid-input' : code]);
  }
});

test('a call that is not in the contract is refused, whatever objects inherit', async () => {
  const { workstation } = await openClinic();
  for (const name of ['', 'patients', 'constructor', '__proto__', 'toString']) {
    expect(await answerCall(workstation, handlers, { sessionId: 's', name, input: {} })).toEqual({ ok: false, error: { code: 'unknown-call' } });
  }
});

test('bad input names its fields and quotes nothing', async () => {
  const { workstation, context } = await openClinic();
  const { sessionId } = context('nurse');
  const input = { patient: { name: '王'.repeat(1_000_000), gender: '王', emergencyContact: { phone: '王' } }, 王小明: true };
  const answer = await answerCall(workstation, handlers, { sessionId, name: 'patients.create', input });
  expect(answer).toEqual({
    ok: false,
    error: {
      code: 'invalid-input',
      issues: [
        { path: 'patient.name', code: 'too-long', params: { limit: 200 } },
        { path: 'patient.gender', code: 'required' },
        { path: 'patient.emergencyContact.phone', code: 'invalid-phone' },
        { path: '', code: 'invalid' },
      ],
    },
  });
});

const broken = (error: unknown): Handlers => ({
  ...handlers,
  'patients.list': () => {
    throw error;
  },
});
const list = { name: 'patients.list', input: { sort: 'name', direction: 'ascending', filter: {}, offset: 0, limit: 1 } };

test('a bug is answered with a reference that the log knows, and with no word of a patient', async () => {
  const { workstation, context, profile } = await openClinic();
  const { sessionId } = context('nurse');
  const bug = Object.assign(new TypeError("王小明 has no property 'x'"), { patient: '王小明' });
  const answer = await answerCall(workstation, broken(bug), { sessionId, ...list });
  const error = answer.ok ? undefined : answer.error;
  expect(error).toEqual({ code: 'internal', reference: expect.stringMatching(/^\d+$/) });
  const log = readdirSync(join(profile, 'logs')).map((file) => readFileSync(join(profile, 'logs', file), 'utf8')).join('');
  expect(log).toContain(error?.code === 'internal' ? error.reference : 'none');
  expect(log).toContain('TypeError');
  expect(log + JSON.stringify(answer)).not.toContain('王小明');
});

test.each([
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_IOERR_WRITE', 'storage-unavailable'],
  ['SQLITE_READONLY', 'storage-unavailable'],
  ['SQLITE_CORRUPT', 'database-damaged'],
])('%s in the middle of a call is told as %s, and the next call is answered', async (sqlite, code) => {
  const { workstation, context } = await openClinic();
  const { sessionId } = context('nurse');
  const failure = Object.assign(new Error('database'), { name: 'SqliteError', code: sqlite });
  expect(await answerCall(workstation, broken(failure), { sessionId, ...list })).toEqual({ ok: false, error: { code } });
  expect(await answerCall(workstation, handlers, { sessionId, ...list })).toEqual({ ok: true, value: { rows: [], total: 0 } });
});
