import { expect, test } from 'vitest';
import { roles } from '../../shared/permissions.ts';
import type { ConflictContent } from '../../shared/schema/conflict.ts';
import { declaredPolicies } from '../../shared/sync/policies.ts';
import { emptyFigures } from '../../shared/sync/simulator/upkeep.ts';
import { countSync } from '../storage/sync-facts.ts';
import { getConflict, listConflicts, settleConflict, undoSettlement } from './conflicts.ts';
import { saveResource } from './resources.ts';
import { errorOf, openClinic } from './testing/clinic.ts';
import { createTextTemplate, listTextTemplates } from './text-templates.ts';

/** As a server writes it when two people changed a document apart. */
const clash = (collection: string, documentId: string, path: string, values: [unknown, unknown]): ConflictContent => {
  const side = { rev: documentId, by: 'somebody', at: '2026-03-02T08:00:00.000Z', deviceId: documentId };
  return { collection, documentId, sides: [side, side], clashes: [{ path, base: {}, values: [{ value: values[0] }, { value: values[1] }], kept: 0 }], status: 'open' };
};
const open = { status: 'open', offset: 0, limit: 100 } as const;

async function opened() {
  const clinic = await openClinic();
  const admin = clinic.context('admin');
  const found = (content: ConflictContent) => admin.store.commit({ actor: admin.actor, action: 'conflict.reopened' }, (transaction) => transaction.create('conflicts', content));
  return { clinic, admin, found };
}

test('a clash in any collection that merges is seen by somebody', async () => {
  const { clinic, admin, found } = await opened();
  const clashing = declaredPolicies.filter((name) => name !== 'auditEntries' && name !== 'conflicts');
  for (const name of clashing) found(clash(name, admin.store.newId(), 'name', ['one', 'two']));
  const seen = roles.flatMap((role) => listConflicts(clinic.context(role), open).rows.map(({ collection }) => collection));
  expect(new Set(seen)).toEqual(new Set(clashing));
  expect(countSync(admin.store.connection).openConflicts).toBe(clashing.length);
});

test('of a ready text that two changed apart the other name is brought back, by whoever writes ready texts', async () => {
  const { clinic, found } = await opened();
  const nurse = clinic.context('nurse');
  const { id } = createTextTemplate(nurse, { template: { kind: 'snippet', title: 'Cold, adults', text: 'Drink and rest.' } });
  const conflict = found(clash('textTemplates', id, 'title', ['Cold, adults', 'Common cold']));
  expect(getConflict(nurse, conflict)).toMatchObject({ title: 'Cold, adults', present: [{ value: 'Cold, adults' }] });
  expect(await errorOf(() => getConflict(clinic.context('front-desk'), conflict))).toEqual({ code: 'not-found', collection: 'conflicts' });
  const settled = settleConflict(nurse, { ...conflict, settlements: [{ path: 'title', choice: 'other' }] });
  expect(settled).toMatchObject({ status: 'settled', canUndo: true });
  expect(listTextTemplates(nurse)).toMatchObject([{ title: 'Common cold' }]);
  undoSettlement(nurse, settled);
  expect(listTextTemplates(nurse)).toMatchObject([{ title: 'Cold, adults' }]);
});

test('of a report of the cloud that two made apart neither is written over the other, since the server would take that back', async () => {
  const { admin, found } = await opened();
  const at = admin.store.now().toISOString();
  const content = { period: 'moment', day: at.slice(0, 10), from: at, to: at, inputsDigest: '0'.repeat(64), seed: 1, version: 'one', figures: emptyFigures };
  const made = admin.store.commit({ actor: admin.actor, action: 'report.made' }, (transaction) => transaction.create('cloudReports', content as never));
  const conflict = found(clash('cloudReports', made.id, 'version', ['one', 'two']));
  expect(getConflict(admin, conflict)).toMatchObject({ sealed: 'made' });
  expect(await errorOf(() => settleConflict(admin, { ...conflict, settlements: [{ path: 'version', choice: 'other' }] }))).toEqual({ code: 'record-signed' });
  expect(settleConflict(admin, { ...conflict, settlements: [{ path: 'version', choice: 'kept' }] })).toMatchObject({ status: 'settled' });
});

test('of a host that two changed apart an admin takes the other capacity', async () => {
  const { clinic, admin, found } = await opened();
  const content = { name: 'one', state: 'available', capacity: { cpu: 8, memory: 16, disk: 0, bandwidth: 0 }, overcommit: { cpu: 1, memory: 1 } } as const;
  const { id } = saveResource(admin, { collection: 'hosts', content });
  const conflict = found(clash('hosts', id, 'capacity.cpu', [8, 32]));
  expect(listConflicts(clinic.context('doctor'), open).total).toBe(0);
  settleConflict(admin, { ...conflict, settlements: [{ path: 'capacity.cpu', choice: 'other' }] });
  expect(admin.store.get('hosts', id)?.capacity.cpu).toBe(32);
});
