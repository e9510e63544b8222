import { v4, v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { WireDocument } from '../../../shared/sync/protocol.ts';
import { bytesOf, chunkOf, documentReference, getAll, hashOf, put, putAll } from '../attachments.ts';
import { openClinic, refusalCode, type Clinic } from '../clinic.ts';
import { readAll, writeAll } from '../copy.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, type TestWorkstation } from '../workstation.ts';

onEachDatabase('bytes of attachments', (make) => {
  let clinic: Clinic;
  afterEach(() => clinic.close());
  const open = async () => (clinic = await openClinic(await make()));
  const nothing = { named: false, chunks: 0, complete: false };
  const count = async (table: string) => (await clinic.database.rows(`SELECT hash FROM ${table}`)).length;

  async function attached(station: TestWorkstation, word: string, patientId?: string): Promise<{ document: WireDocument; bytes: Buffer; somebody: WireDocument }> {
    const [somebody, bytes] = [patient(), bytesOf(word)];
    const document = documentReference(patientId ?? somebody.id, bytes);
    await station.push(station.changeSet(...(patientId === undefined ? [somebody] : []), document));
    return { document, bytes, somebody };
  }
  const purged = (document: WireDocument): WireDocument => ({ ...document, rev: v4(), baseRev: document.rev, deleted: true, content: null });

  it('come chunk by chunk, resume where they were cut, and are told once they are whole', async () => {
    const { first, join } = await open();
    const other = await join();
    const { document, bytes } = await attached(first, '影像');
    const ref = { id: document.id, hash: hashOf(bytes) };
    expect((await other.ask('attachments', { attachments: [], lacking: { cursor: null } })).lacking).toEqual([ref]);
    expect(await put(first, document, bytes, 0)).toEqual({ named: true, chunks: 1, complete: false });
    // The answer was lost: the same again, and one too far.
    expect(await put(first, document, bytes, 0)).toEqual({ named: true, chunks: 1, complete: false });
    expect(await put(first, document, bytes, 2)).toEqual({ named: true, chunks: 1, complete: false });
    expect(await other.ask('attachments', { attachments: [ref], lacking: null })).toEqual({ states: [{ ...ref, named: true, chunks: 1, complete: false }], lacking: [], cursor: null });
    expect(await getAll(other, document, bytes)).toBeUndefined();
    expect(await put(first, document, bytes, 1)).toEqual({ named: true, chunks: 2, complete: false });
    expect(await put(first, document, bytes, 2)).toEqual({ named: true, chunks: 3, complete: true });
    expect(await getAll(other, document, bytes)).toEqual(bytes);
    expect((await other.ask('attachments', { attachments: [], lacking: { cursor: null } })).lacking).toEqual([]);
  });

  it('are thrown away where they are not what the hash says, and taken when they are', async () => {
    const { first } = await open();
    const { document, bytes } = await attached(first, '真');
    const wrong = Buffer.from(bytes);
    wrong[wrong.length - 1] = 0;
    const send = async (sent: Buffer) => {
      let answer;
      for (let number = 0; number < 3; number += 1) {
        answer = await first.ask('attachment-put', { id: document.id, hash: hashOf(bytes), number, bytes: sent.subarray(number * 131_072, (number + 1) * 131_072).toString('base64') });
      }
      return answer;
    };
    expect(await send(wrong)).toEqual({ named: true, chunks: 0, complete: false });
    expect(await count('attachment_chunks')).toBe(0);
    expect(await send(bytes)).toEqual({ named: true, chunks: 3, complete: true });
    expect(await refusalCode(first.ask('attachment-put', { id: document.id, hash: hashOf(bytes), number: 0, bytes: '*' }))).toBe('malformed-message');
  });

  it('that another document says to be longer are not kept from being sent', async () => {
    const { first } = await open();
    const { document, bytes, somebody } = await attached(first, '长');
    const content = { contentType: 'text/plain', size: bytes.length * 2, hash: hashOf(bytes) };
    const mistaken = documentReference(somebody.id, bytes, { attachment: content });
    await first.push(first.changeSet(mistaken));
    const long = Buffer.concat([bytes, bytes]);
    for (let number = 0; number < 4; number += 1) await first.ask('attachment-put', { id: mistaken.id, hash: hashOf(bytes), number, bytes: chunkOf(long, number) });
    expect(await count('attachment_chunks')).toBe(4);
    expect(await put(first, document, bytes, 0)).toEqual({ named: true, chunks: 1, complete: false });
    expect(await count('attachment_chunks')).toBe(1);
  });

  it('are refused in other lengths than the document says', async () => {
    const { first } = await open();
    const { document, bytes } = await attached(first, '短');
    expect(await refusalCode(first.ask('attachment-put', { id: document.id, hash: hashOf(bytes), number: 0, bytes: 'AAAA' }))).toBe('malformed-message');
    expect(await refusalCode(first.ask('attachment-put', { id: document.id, hash: hashOf(bytes), number: 3, bytes: 'AAAA' }))).toBe('malformed-message');
  });

  it('are told by no hash alone: not to another site, not by a document of its own, and nobody learns who has them', async () => {
    const { first, join } = await open();
    const stranger = await join(v7());
    const { document, bytes } = await attached(first, '密');
    await putAll(first, document, bytes);
    const nobodys = { ...document, id: v7() };
    for (const asked of [document, nobodys]) {
      expect(await getAll(stranger, asked, bytes)).toBeUndefined();
      expect(await put(stranger, asked, bytes, 0)).toEqual(nothing);
      expect((await stranger.ask('attachments', { attachments: [{ id: asked.id, hash: hashOf(bytes) }], lacking: null })).states[0]).toMatchObject({ chunks: 0, complete: false });
    }
    // Whoever names the hash has to have the bytes: what others sent is neither told nor seen.
    const own = await attached(stranger, '密');
    expect((await stranger.ask('attachments', { attachments: [{ id: own.document.id, hash: hashOf(bytes) }], lacking: null })).states[0]).toMatchObject({ chunks: 0, complete: false });
    expect(await getAll(stranger, own.document, bytes)).toBeUndefined();
    await putAll(stranger, own.document, bytes);
    expect(await getAll(stranger, own.document, bytes)).toEqual(bytes);
  });

  it('stay as long as a document names them, in the trash too, and go with the last that is purged', async () => {
    const { first } = await open();
    const { document, bytes, somebody } = await attached(first, '留');
    const again = await attached(first, '留', somebody.id);
    await putAll(first, document, bytes);
    await first.push(first.changeSet(purged(document)));
    expect(await getAll(first, again.document, bytes)).toEqual(bytes);
    const thrownAway = edited(again.document, {}, { deleted: true });
    await first.push(first.changeSet(thrownAway));
    expect(await getAll(first, again.document, bytes)).toEqual(bytes);
    await first.push(first.changeSet(purged(thrownAway)));
    expect(await getAll(first, again.document, bytes)).toBeUndefined();
    for (const table of ['attachments', 'attachment_chunks', 'attachment_references']) expect(await count(table), table).toBe(0);
    expect(await put(first, again.document, bytes, 0)).toEqual(nothing);
  });

  it('are asked for again by a database that was put back, from whoever has them', async () => {
    const { first, join, database, service, organisationId } = await open();
    const other = await join();
    const backup = await readAll(database);
    const { document, bytes, somebody } = await attached(first, '复');
    await putAll(first, document, bytes);
    await writeAll(database, backup);
    await service.renewEpoch(organisationId);
    for (const station of [first, other]) await station.hello();
    await other.push(other.changeSet(somebody, document));
    expect((await first.ask('attachments', { attachments: [], lacking: { cursor: null } })).lacking).toEqual([{ id: document.id, hash: hashOf(bytes) }]);
    expect(await putAll(other, document, bytes)).toMatchObject({ complete: true });
    expect(await getAll(first, document, bytes)).toEqual(bytes);
  });

  it('of a revoked workstation are handed over with its unsent work, told to nobody, and are the patient’s once that is released', async () => {
    const { first, join, service, adminId } = await open();
    const revoked = await join();
    const { somebody } = await attached(first, '旧');
    const bytes = bytesOf('遗');
    const document = documentReference(somebody.id, bytes);
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: revoked.enrolment.deviceId });
    await revoked.hello();
    expect((await first.ask('attachments', { attachments: [], lacking: { cursor: null } })).lacking).toHaveLength(1);
    expect((await revoked.ask('attachments', { attachments: [], lacking: { cursor: null } })).lacking).toEqual([]);
    const changeSet = revoked.changeSet(document);
    expect((await revoked.push(changeSet)).outcomes[0]).toMatchObject({ outcome: 'rejected', refusal: 'device-revoked' });
    expect(await putAll(revoked, document, bytes)).toEqual({ named: true, chunks: 3, complete: true });
    expect(await refusalCode(revoked.ask('attachment-get', { id: document.id, hash: hashOf(bytes), number: 0 }))).toBe('device-revoked');
    expect(await getAll(first, document, bytes)).toBeUndefined();
    const { outcomes } = await service.administer('quarantine.release', first.token, { actorId: adminId, entries: [{ deviceId: revoked.enrolment.deviceId, changeSetId: changeSet.id }] });
    expect(outcomes).toMatchObject([{ outcome: 'applied' }]);
    expect(await getAll(first, document, bytes)).toEqual(bytes);
    expect(await clinic.database.rows('SELECT holder_id FROM attachments WHERE hash = ?', [hashOf(bytes)])).toEqual([{ holder_id: somebody.id }]);
  });

  it('that its site has elsewhere are there for a workstation, and a revoked one does not learn of it', async () => {
    const { first, join, service, adminId } = await open();
    const [asking, revoked] = [await join(), await join()];
    const { document, bytes } = await attached(first, '同');
    await putAll(first, document, bytes);
    const stateFor = async (station: TestWorkstation) => {
      const somebody = patient();
      const copy = documentReference(somebody.id, bytes);
      await station.push(station.changeSet(somebody, copy));
      if (station === revoked) await service.administer('revoke', first.token, { actorId: adminId, deviceId: revoked.enrolment.deviceId });
      await station.hello();
      return (await station.ask('attachments', { attachments: [{ id: copy.id, hash: hashOf(bytes) }], lacking: null })).states;
    };
    expect(await stateFor(asking)).toMatchObject([{ named: true, complete: true }]);
    expect(await stateFor(revoked)).toMatchObject([{ named: true, complete: false }]);
    const ofAnother = { id: document.id, hash: hashOf(bytes) };
    expect((await revoked.ask('attachments', { attachments: [ofAnother], lacking: null })).states).toEqual([{ ...ofAnother, ...nothing }]);
  });

  it('of a revoked workstation are the patient’s, too, where the document that is released goes by another site’s id', async () => {
    const { first, join, service, adminId } = await open();
    const otherSite = v7();
    const [revoked, colleague] = [await join(otherSite), await join(otherSite)];
    const [{ document: theirs }, ours, bytes] = [await attached(first, '甲'), patient(), bytesOf('乙')];
    await revoked.push(revoked.changeSet(ours));
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: revoked.enrolment.deviceId });
    await revoked.hello();
    const document = { ...documentReference(ours.id, bytes), id: theirs.id };
    const changeSet = revoked.changeSet(document);
    await revoked.push(changeSet);
    expect(await putAll(revoked, document, bytes)).toMatchObject({ named: true, complete: true });
    await service.administer('quarantine.release', first.token, { actorId: adminId, entries: [{ deviceId: revoked.enrolment.deviceId, changeSetId: changeSet.id }] });
    expect(await getAll(colleague, document, bytes)).toEqual(bytes);
    expect(await getAll(first, document, bytes)).toBeUndefined();
  });

  it('are still taken from the workstation that brought the document when the patient has left its scope', async () => {
    const { first, siteId } = await open();
    const { document, bytes, somebody } = await attached(first, '迁');
    await first.push(first.changeSet(edited(somebody, { siteIds: [v7()] })));
    expect(siteId).toBe(first.enrolment.siteId);
    expect(await putAll(first, document, bytes)).toMatchObject({ named: true, complete: true });
    expect(await getAll(first, document, bytes)).toBeUndefined();
  });

  it('are still taken from who has them when another site brought the document first to a database that was put back', async () => {
    const { first, join, database, service, organisationId } = await open();
    const otherSite = v7();
    const other = await join(otherSite);
    const backup = await readAll(database);
    const { document, bytes, somebody } = await attached(first, '先');
    await writeAll(database, backup);
    await service.renewEpoch(organisationId);
    for (const station of [first, other]) await station.hello();
    await other.push(other.changeSet(edited(somebody, { siteIds: [otherSite] }), document));
    await first.push(first.changeSet(document));
    expect(await putAll(first, document, bytes)).toMatchObject({ named: true, complete: true });
    expect(await getAll(first, document, bytes)).toBeUndefined();
    expect(await getAll(other, document, bytes)).toEqual(bytes);
  });

  it('that a revoked workstation handed over to a database that was put back are the patient’s once another one brings the document back', async () => {
    const { first, join, database, service, organisationId, adminId } = await open();
    const revoked = await join();
    const { somebody } = await attached(first, '旧');
    const backup = await readAll(database);
    const { document, bytes } = await attached(revoked, '独', somebody.id);
    await writeAll(database, backup);
    await service.renewEpoch(organisationId);
    await first.hello();
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: revoked.enrolment.deviceId });
    await revoked.hello();
    await revoked.push(revoked.changeSet(document));
    expect(await putAll(revoked, document, bytes)).toMatchObject({ named: true, complete: true });
    await first.push(first.changeSet(document));
    expect(await getAll(first, document, bytes)).toEqual(bytes);
  });
});
