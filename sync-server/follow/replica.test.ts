import { afterEach, beforeEach, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { differingBuckets } from '../../shared/sync/digest.ts';
import type { DatabaseOptions, ServerDatabase } from '../database/index.ts';
import { openClinic, type Clinic } from '../testing/clinic.ts';
import { bytesOf, documentReference, getAll, hashOf, putAll, sharedDocument } from '../testing/attachments.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { linkTo, TestHub } from '../testing/tiers.ts';
import type { WireDocument } from '../../shared/sync/protocol.ts';
import { edited, observation, patient, record, referral, sealOf, TestWorkstation } from '../testing/workstation.ts';

onEachDatabase('a server that follows another one', (makeDatabase) => {
  let central: Clinic;
  let [east, west]: TestHub[] = [];
  let [atEast, atWest]: TestWorkstation[] = [];

  const joinHub = async (hub: TestHub, siteId: string) => {
    const { code } = await hub.service.createCode({ organisationId: hub.organisationId, siteId });
    const workstation = await TestWorkstation.enrol(hub.service.handle, code);
    await workstation.hello();
    return workstation;
  };
  const openHub = async (database: DatabaseOptions, siteId = central.siteId) => {
    const hub = await TestHub.open(database, linkTo(() => central.service));
    const { code } = await central.service.createCode({ organisationId: central.organisationId, siteId });
    await hub.follow(code);
    await hub.sync();
    await hub.seeToNumbers();
    return hub;
  };

  beforeEach(async () => {
    central = await openClinic(await makeDatabase());
    [east, west] = [await openHub(await makeDatabase()), await openHub({ kind: 'sqlite', path: ':memory:' })];
    [atEast, atWest] = [await joinHub(east, central.siteId), await joinHub(west, central.siteId)];
  });
  afterEach(async () => {
    await Promise.all([east!.close(), west!.close(), central.close()]);
  });

  const syncBoth = async () => {
    for (const hub of [east!, west!, east!, west!]) await hub.sync();
  };
  const digestOf = async (workstation: TestWorkstation) => (await workstation.ask('digests')).digests;
  const expectEqual = async () => {
    const digests = await digestOf(central.first);
    for (const workstation of [atEast!, atWest!]) expect(differingBuckets(digests, await digestOf(workstation))).toEqual([]);
    for (const hub of [east!, west!]) expect(differingBuckets(digests, await hub.replica.digests())).toEqual([]);
  };

  it('carries change sets up as they were written, and down to the workstations of another', async () => {
    const written = patient();
    const changeSet = { ...atEast!.changeSet(written), actorId: v7() };
    await atEast!.push(changeSet);
    await syncBoth();
    const [atCentral] = (await central.first.pull()).filter(({ id }) => id === changeSet.id);
    expect(atCentral).toMatchObject({ id: changeSet.id, deviceId: atEast!.enrolment.deviceId, actorId: changeSet.actorId, wallTime: changeSet.wallTime, documents: [written] });
    const [told] = (await atWest!.pull()).filter(({ id }) => id === changeSet.id);
    expect(told).toMatchObject({ deviceId: atEast!.enrolment.deviceId, documents: [written] });
    await expectEqual();
  });

  /** All that a database says of anything, but for what only another table says by its id. */
  const textOf = async ({ rows, kind }: ServerDatabase) => {
    const tables = kind === 'sqlite' ? "SELECT name FROM sqlite_schema WHERE type = 'table'" : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()';
    const names = (await rows<{ name: string }>(tables)).map(({ name }) => name);
    return JSON.stringify(await Promise.all(names.map((name) => rows(`SELECT * FROM ${name}`))));
  };
  const purged = (document: WireDocument): WireDocument => ({ ...document, rev: v7(), baseRev: document.rev, deleted: true, content: null });

  it('keeps nothing of what was purged before central had it, and does not let it come back from whoever still had it', async () => {
    const one = patient({ name: '欧阳绝密', address: '秘密路 99 号' });
    const note = record(one.id, { diagnosis: '不可告人之症' });
    await atEast!.push(atEast!.changeSet(one, note));
    await atEast!.push(atEast!.changeSet(edited(one, { address: '秘密路 100 号' })));
    const current = (await atEast!.pull(), atEast!.documents.get(`patients/${one.id}`) ?? one);
    await atEast!.push(atEast!.changeSet(purged(current), purged(note)));
    await syncBoth();
    const rest = await textOf(east!.database);
    for (const secret of ['欧阳绝密', '秘密路', '不可告人之症']) expect(rest).not.toContain(secret);
    expect(await textOf(central.database)).not.toContain(one.id);

    // A workstation that had it, too, has joined another hub since.
    await atWest!.push(atWest!.changeSet(one, note));
    await syncBoth();
    await syncBoth();
    for (const { database } of [east!, west!, central]) expect(await textOf(database)).not.toMatch(/欧阳绝密|秘密路|不可告人之症/);
    for (const workstation of [atEast!, atWest!, central.first]) {
      await workstation.pull();
      for (const ref of [`patients/${one.id}`, `medicalRecords/${note.id}`]) expect(workstation.documents.get(ref)?.content ?? null).toBeNull();
    }
    await expectEqual();
  });

  it('has the bytes of a patient who moves away go up to the last, those too that a workstation has yet to send', async () => {
    const one = patient({ siteIds: [central.siteId, v7()] });
    const bytes = ['first', 'second', 'third'].map((word) => bytesOf(word));
    const documents = bytes.map((some) => documentReference(one.id, some));
    await atEast!.push(atEast!.changeSet(one, ...documents));
    await east!.sync();
    await atEast!.push(atEast!.changeSet(edited(one, { siteIds: [v7()] })));
    for (const index of [0, 1]) await putAll(atEast!, documents[index]!, bytes[index]!);
    await east!.sync();
    expect(await putAll(atEast!, documents[2]!, bytes[2]!)).toMatchObject({ named: true, complete: true });
    await east!.sync();
    expect(await central.database.rows('SELECT hash FROM attachments WHERE complete = 1 ORDER BY hash')).toEqual(bytes.map((some) => ({ hash: hashOf(some) })).sort((left, right) => (left.hash < right.hash ? -1 : 1)));
    for (const table of ['attachments', 'attachment_chunks', 'attachment_references', 'upstream_attachments']) expect(await east!.database.rows(`SELECT * FROM ${table}`)).toEqual([]);
  });

  it('carries a picture that goes along with a referral to the hub of the other site, and keeps nothing of it there when the sharing ends', async () => {
    const lakeId = v7();
    const lake = await openHub({ kind: 'sqlite', path: ':memory:' }, lakeId);
    const atLake = await joinHub(lake, lakeId);
    const [one, bytes] = [patient(), bytesOf('picture')];
    const original = documentReference(one.id, bytes);
    const { referral: letter, chart } = referral({ patientId: one.id, senderSiteId: central.siteId, recipientSiteId: lakeId });
    const copy = sharedDocument(chart.id, bytes);
    await atEast!.push(atEast!.changeSet(one, original), atEast!.changeSet(letter, chart, copy));
    await putAll(atEast!, original, bytes);
    expect((await atEast!.ask('attachments', { attachments: [{ id: copy.id, hash: hashOf(bytes) }], lacking: null })).states).toMatchObject([{ complete: true }]);
    for (const hub of [east!, lake]) await hub.sync();
    await atLake.pull();
    expect(await getAll(atLake, copy, bytes)).toEqual(bytes);
    expect(await getAll(atLake, original, bytes)).toBeUndefined();
    expect(await east!.database.rows('SELECT * FROM upstream_attachments')).toEqual([]);

    await atEast!.push(atEast!.changeSet(edited(chart, { siteIds: [central.siteId] })));
    for (const hub of [east!, lake]) await hub.sync();
    await lake.sync();
    expect((await atLake.pull()).flatMap(({ withdrawn }) => withdrawn)).toEqual([chart.id]);
    expect(await getAll(atLake, copy, bytes)).toBeUndefined();
    for (const table of ['attachments', 'attachment_chunks', 'attachment_references', 'upstream_attachments']) expect(await lake.database.rows(`SELECT * FROM ${table}`)).toEqual([]);
    for (const document of [original, copy]) expect(await getAll(atEast!, document, bytes)).toEqual(bytes);
    await lake.close();
  });

  it('has the bytes of a document that was taken into a chart at another hub before they came, though the sharing has ended since', async () => {
    const lakeId = v7();
    const lake = await openHub({ kind: 'sqlite', path: ':memory:' }, lakeId);
    const atLake = await joinHub(lake, lakeId);
    const [one, bytes, registered] = [patient(), bytesOf('picture'), patient()];
    const { referral: letter, chart } = referral({ patientId: one.id, senderSiteId: central.siteId, recipientSiteId: lakeId });
    const copy = sharedDocument(chart.id, bytes);
    await atEast!.push(atEast!.changeSet(one), atEast!.changeSet(letter, chart, copy));
    for (const hub of [east!, lake]) await hub.sync();
    const admitted = documentReference(registered.id, bytes);
    await atLake.push(atLake.changeSet(registered, admitted));
    await lake.sync();
    await atEast!.push(atEast!.changeSet(edited(chart, { siteIds: [central.siteId] })));
    for (const hub of [east!, lake]) await hub.sync();
    await putAll(atEast!, copy, bytes);
    for (const hub of [east!, lake]) await hub.sync();
    expect(await getAll(atLake, admitted, bytes)).toEqual(bytes);
    expect(await getAll(atLake, copy, bytes)).toBeUndefined();
    await lake.close();
  });

  it('takes a shared chart that somebody tried to prolong since it last asked, and goes on with what comes after', async () => {
    const one = patient();
    const { referral: letter, chart } = referral({ patientId: one.id, senderSiteId: central.siteId, recipientSiteId: v7() });
    const prolonged = edited(chart, { expiresAt: '2036-01-01T00:00:00.000Z' });
    const { first } = central;
    await first.push(first.changeSet(one), first.changeSet(letter, chart), first.changeSet(prolonged), first.changeSet(patient()));
    await syncBoth();
    expect(await east!.database.rows('SELECT expires_at AS at FROM shared_chart_expiries WHERE document_id = ?', [chart.id])).toEqual([{ at: chart.content?.['expiresAt'] }]);
    await expectEqual();
  });

  it('takes a patient back whose purge central refuses, since somebody sealed the chart meanwhile', async () => {
    const one = patient();
    const measured = observation(one.id);
    await atEast!.push(atEast!.changeSet(one, measured));
    await syncBoth();
    await atWest!.push(atWest!.changeSet(sealOf(one.id, measured)));
    await west!.sync();
    await atEast!.push(atEast!.changeSet(purged(one), purged(measured)));
    await syncBoth();
    await east!.verify();
    await syncBoth();
    await atEast!.pull();
    for (const { collection, id, content } of [one, measured]) expect(atEast!.documents.get(`${collection}/${id}`)?.content).toEqual(content);
    await expectEqual();
  });

  it('gives up a patient who moved away, whom a workstation that was put back brings once more as central knows them', async () => {
    const one = patient({ siteIds: [central.siteId] });
    await atEast!.push(atEast!.changeSet(one));
    await east!.sync();
    await central.first.pull();
    await central.first.push(central.first.changeSet(edited(one, { siteIds: [v7()] })));
    await east!.sync();
    await atEast!.push(atEast!.changeSet(one));
    await syncBoth();
    expect((await atEast!.pull()).flatMap(({ withdrawn }) => withdrawn)).toContain(one.id);
    expect(await east!.database.rows('SELECT rev FROM revisions WHERE document_id = ?', [one.id])).toEqual([]);
  });
});
