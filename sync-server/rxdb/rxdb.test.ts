import 'fake-indexeddb/auto';
import { v7 } from 'uuid';
import type { RxStorage } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, expect, it, vi } from 'vitest';
import { startServer, type RunningServer } from '../http/index.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { sendTo } from '../testing/http.ts';
import { openRxdbClient, shown, type RxdbClient } from '../testing/rxdb-client.ts';
import { edited, patient, record, site, TestWorkstation } from '../testing/workstation.ts';

onEachDatabase('RxDB clients', (make) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open() {
    const server = await startServer({ database: await make(), host: '127.0.0.1', port: 0, rateLimits: { perMinute: 100_000 } as never });
    closing.push(() => server.close());
    const { organisationId } = await server.service.createOrganisation('Outpost');
    const siteId = v7();
    const enrol = async (name: string) => {
      const { code } = await server.service.createCode({ organisationId, siteId });
      const station = await TestWorkstation.enrol(sendTo(() => server.address), code, { name });
      await station.hello();
      return station;
    };
    const first = await enrol('Reception');
    await first.push(first.changeSet(site(siteId)));
    await first.pull();
    return { server, enrol, first };
  }

  async function client(server: RunningServer, station: TestWorkstation, storage: RxStorage<unknown, unknown>): Promise<RxdbClient> {
    const opened = await openRxdbClient(() => server.address, station, storage);
    closing.push(() => opened.close());
    return opened;
  }

  it('reads a copy longer than one page, and what is saved afterwards', async () => {
    const { server, enrol, first } = await open();
    const many = Array.from({ length: 130 }, (_, index) => patient({ name: `患者${index}` }));
    await first.push(...many.map((each) => first.changeSet(each)));
    const tablet = await client(server, await enrol('Tablet'), getRxStorageMemory());
    await tablet.inStep();
    expect(await tablet.patients.count().exec()).toBe(130);
    const later = patient({ name: '后来' });
    await first.push(first.changeSet(later, record(later.id)));
    await tablet.inStep();
    expect(await shown(tablet.patients, later.id)).toMatchObject({ name: '后来' });
    expect(await tablet.medicalRecords.count().exec()).toBe(1);
  });

  it('two clients and two workstations edit the same patient and record offline and converge, conflicts included', async () => {
    const { server, enrol, first } = await open();
    const second = await enrol('Ward 2');
    const somebody = patient({ name: '王小明', address: 'at first', phone: '13800000001', insuranceNumber: 'A123456789' });
    const visit = record(somebody.id, { diagnosis: 'at first' });
    await first.push(first.changeSet(somebody, visit));
    const tablets = [await client(server, await enrol('Tablet 1'), getRxStorageMemory()), await client(server, await enrol('Tablet 2'), getRxStorageDexie())] as const;
    for (const tablet of tablets) await tablet.inStep();
    await second.pull();

    for (const tablet of tablets) tablet.offline = true;
    const [one, two] = tablets;
    await (await one.patients.findOne(somebody.id).exec())?.incrementalPatch({ address: 'by tablet 1' });
    await (await two.patients.findOne(somebody.id).exec())?.incrementalPatch({ phone: '13800000002' });
    await (await two.medicalRecords.findOne(visit.id).exec())?.incrementalPatch({ diagnosis: 'by tablet 2' });
    await first.push(first.changeSet(edited(visit, { diagnosis: 'by workstation 1' })));
    await second.push(second.changeSet(edited(somebody, { address: 'by workstation 2' })));
    for (const tablet of tablets) tablet.offline = false;

    await vi.waitFor(
      async () => {
        for (const tablet of tablets) await tablet.inStep();
        await first.pull();
        await second.pull();
        const truth = first.documents.get(`patients/${somebody.id}`)?.content as Record<string, unknown>;
        expect(truth).toMatchObject({ phone: '13800000002', insuranceNumber: 'A123456789' });
        for (const each of tablets) {
          expect(await shown(each.patients, somebody.id)).toMatchObject({ address: truth['address'], phone: truth['phone'] });
          expect((await shown(each.medicalRecords, visit.id))?.['diagnosis']).toBe(first.documents.get(`medicalRecords/${visit.id}`)?.content?.['diagnosis']);
        }
        expect(second.documents.get(`patients/${somebody.id}`)?.content).toEqual(truth);
        const clashes = [...first.documents.values()].filter(({ collection }) => collection === 'conflicts');
        expect(clashes).toHaveLength(2);
        const values = JSON.stringify(clashes);
        for (const value of ['by tablet 1', 'by workstation 2', 'by workstation 1', 'by tablet 2']) expect(values).toContain(value);
      },
      { timeout: 30_000, interval: 200 },
    );
  });

  it('gives back a signed record that a client wrote over, and keeps what it wrote in the inbox', async () => {
    const { server, enrol, first } = await open();
    const somebody = patient();
    const draft = record(somebody.id, { diagnosis: 'flu' });
    const signature = { userId: v7(), name: '李医生', at: '2026-03-01T08:00:00.000Z' };
    await first.push(first.changeSet(somebody, draft), first.changeSet(edited(draft, { status: 'signed', signature })));
    const tablet = await client(server, await enrol('Tablet'), getRxStorageMemory());
    await tablet.inStep();
    await (await tablet.medicalRecords.findOne(draft.id).exec())?.incrementalPatch({ status: 'draft', diagnosis: 'by the tablet' });
    await vi.waitFor(async () => {
      await tablet.inStep();
      expect(await shown(tablet.medicalRecords, draft.id)).toMatchObject({ status: 'signed', diagnosis: 'flu' });
    });
    await first.pull();
    expect(first.documents.get(`medicalRecords/${draft.id}`)?.content).toMatchObject({ status: 'signed', diagnosis: 'flu' });
    const conflict = [...first.documents.values()].find(({ collection }) => collection === 'conflicts');
    expect(JSON.stringify(conflict?.content?.['clashes'])).toContain('by the tablet');
  });

  it('lets edit after edit stand, when the client has not read its own last one back', async () => {
    const { server, enrol, first } = await open();
    const somebody = patient({ address: 'first', insuranceNumber: 'A123456789' });
    await first.push(first.changeSet(somebody));
    const tablet = await client(server, await enrol('Tablet'), getRxStorageMemory());
    await tablet.inStep();
    for (const address of ['second', 'third', 'fourth']) await (await tablet.patients.findOne(somebody.id).exec())?.incrementalPatch({ address });
    await vi.waitFor(
      async () => {
        await tablet.inStep();
        await first.pull();
        expect(first.documents.get(`patients/${somebody.id}`)?.content).toMatchObject({ address: 'fourth', name: '王小明', insuranceNumber: 'A123456789' });
        expect(await shown(tablet.patients, somebody.id)).toMatchObject({ address: 'fourth' });
      },
      { timeout: 20_000, interval: 200 },
    );
    expect([...first.documents.values()].filter(({ collection }) => collection === 'conflicts')).toEqual([]);
  });

  it('keeps what a client does not know, over one edit and over the next', async () => {
    const { server, enrol, first } = await open();
    const somebody = patient({ address: 'first', insuranceNumber: 'A123456789' });
    await first.push(first.changeSet(somebody));
    const { token, epoch } = await enrol('Tablet');
    const state = (address: string) => ({ id: somebody.id, rev: somebody.rev, name: '王小明', address });
    const push = (from: string, to: string) => server.service.rxdb.push(token, { collection: 'patients', epoch, actorId: v7(), rows: [{ assumedMasterState: state(from), newDocumentState: state(to) }] });
    for (const _twice of ['sent', 'sent again after a lost answer']) expect(await push('first', 'second')).toEqual([]);
    expect(await push('second', 'third')).toEqual([]);
    await first.pull();
    expect(first.documents.get(`patients/${somebody.id}`)?.content).toEqual({ ...somebody.content, address: 'third' });
    expect([...first.documents.values()].filter(({ collection }) => collection === 'conflicts')).toEqual([]);
  });

  it('makes, removes and brings back; a refused row holds up nothing', async () => {
    const { server, enrol, first } = await open();
    const tablet = await client(server, await enrol('Tablet'), getRxStorageMemory());
    await tablet.inStep();
    const [good, bad, last] = [v7(), v7(), v7()];
    const facts = { gender: 'female', birthday: '1990-01-01', medicalRecordNumber: '09-000001' };
    await tablet.patients.insert({ id: good, name: '甲', ...facts } as never);
    await tablet.patients.insert({ id: bad, name: '', ...facts, gender: 'impossible' } as never);
    await tablet.patients.insert({ id: last, name: '丙', ...facts } as never);
    await vi.waitFor(
      async () => {
        await tablet.inStep();
        await first.pull();
        expect(first.documents.get(`patients/${good}`)?.content).toMatchObject({ name: '甲' });
        expect(first.documents.get(`patients/${last}`)?.content).toMatchObject({ name: '丙' });
      },
      { timeout: 20_000, interval: 200 },
    );
    expect(first.documents.has(`patients/${bad}`)).toBe(false);
    await (await tablet.patients.findOne(good).exec())?.remove();
    await vi.waitFor(
      async () => {
        await tablet.inStep();
        await first.pull();
        expect(first.documents.get(`patients/${good}`)).toMatchObject({ deleted: true, content: { name: '甲' } });
      },
      { timeout: 20_000, interval: 200 },
    );
    const there = first.documents.get(`patients/${good}`);
    if (there === undefined) throw new Error('not there');
    await first.push(first.changeSet(edited(there, {}, { deleted: false })));
    await vi.waitFor(
      async () => {
        await tablet.inStep();
        expect(await shown(tablet.patients, good)).toMatchObject({ name: '甲' });
      },
      { timeout: 20_000, interval: 200 },
    );
  });
});
