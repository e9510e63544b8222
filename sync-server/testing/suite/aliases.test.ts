import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { WireDocument } from '../../../shared/sync/protocol.ts';
import { bytesOf, documentReference } from '../attachments.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, record, type TestWorkstation } from '../workstation.ts';

onEachDatabase('one id at two sites', (make) => {
  let clinic: Clinic;
  const open = async () => (clinic = await openClinic(await make()));
  afterEach(() => clinic.close());

  /** A patient of the first site, and one of another site that goes by the same id there. */
  async function openTwice() {
    const { first, siteId, join } = await open();
    const otherSite = v7();
    const [other, colleague] = [await join(otherSite), await join(otherSite)];
    const theirs = patient({ name: '甲站病人' });
    const ours: WireDocument = { ...patient({ name: '乙站病人' }), id: theirs.id };
    await first.push(first.changeSet(theirs));
    return { first, siteId, other, otherSite, colleague, theirs, ours };
  }
  const held = (station: TestWorkstation, { collection, id }: WireDocument) => station.documents.get(`${collection}/${id}`)?.content;

  it('keeps both apart: each site has its own, edits its own, and sees nothing of the other', async () => {
    const { first, other, colleague, theirs, ours } = await openTwice();
    const visit = record(ours.id, { diagnosis: '乙站诊断' });
    expect((await other.push(other.changeSet(ours, visit))).outcomes).toMatchObject([{ outcome: 'accepted', landed: [] }]);
    await colleague.pull();
    expect([held(colleague, ours), held(colleague, visit)]).toMatchObject([{ name: '乙站病人' }, { patientId: ours.id, diagnosis: '乙站诊断' }]);
    await colleague.push(colleague.changeSet(edited(ours, { address: '一' })));
    expect((await other.push(other.changeSet(edited(ours, { address: '二' })))).outcomes).toMatchObject([{ landed: [{ collection: 'patients', id: ours.id }] }]);
    await first.push(first.changeSet(edited(theirs, { phone: '021-1' })));
    await Promise.all([first.pull(), other.pull()]);
    const conflict = [...other.documents.values()].find(({ collection }) => collection === 'conflicts');
    expect(conflict?.content).toMatchObject({ patientId: ours.id, documentId: ours.id });
    expect([...first.documents.values()].filter(({ collection }) => collection !== 'users' && collection !== 'sites')).toEqual([]);
    expect((await first.ask('documents', { refs: [{ collection: 'patients', id: theirs.id }] })).documents).toMatchObject([{ content: { name: '甲站病人', phone: '021-1' } }]);
    expect((await other.ask('documents', { refs: [{ collection: 'patients', id: ours.id }] })).documents).toMatchObject([{ id: ours.id, content: { name: '乙站病人' } }]);
    const snapshot = await other.snapshot();
    expect(JSON.stringify(snapshot)).not.toContain('甲站');
    expect(snapshot.filter(({ collection }) => collection === 'patients').map(({ id }) => id)).toEqual([ours.id]);
  });

  it('puts hints into the words of nobody: who listens is told that there is something, and asks', async () => {
    const { first, other, ours } = await openTwice();
    const hints: string[] = [];
    const stop = await clinic.service.subscribe(other.token, (hint) => hints.push(String(hint)), () => undefined);
    await other.push(other.changeSet(ours));
    await first.push(first.changeSet(patient()));
    await expect.poll(() => hints.length).toBeGreaterThan(1);
    stop();
    expect(hints.map((hint) => JSON.parse(hint) as object).filter((hint) => 'page' in hint)).toEqual([]);
  });

  it('wipes what was refused of a document when that is purged, and not when the one that goes by its id elsewhere is', async () => {
    const { first, other, theirs, ours } = await openTwice();
    const purged = (document: WireDocument): WireDocument => ({ ...document, rev: v7(), baseRev: document.rev, deleted: true, content: null });
    const bytes = bytesOf('影像');
    const named: WireDocument = documentReference(ours.id, bytes);
    await other.push(other.changeSet(ours, named));
    const refused = other.changeSet(edited(ours, { address: '秘密路 99 号' }), edited(named, { title: '秘密' }), { ...record(ours.id), content: { patientId: ours.id } });
    expect((await other.push(refused)).outcomes).toMatchObject([{ outcome: 'rejected' }]);
    const kept = async () => JSON.stringify(await clinic.database.rows('SELECT content FROM quarantine'));
    const references = () => clinic.database.rows('SELECT document_id FROM attachment_references');

    await first.push(first.changeSet(purged(theirs)));
    expect(await kept()).toContain('秘密路');
    expect(await references()).toHaveLength(2);
    await other.push(other.changeSet(purged(ours), purged(named)));
    expect(await kept()).not.toContain('秘密');
    expect(await references()).toEqual([]);
    await other.push(other.changeSet({ ...edited(ours, { address: '秘密路 99 号' }), baseRev: ours.rev }, { ...record(ours.id), content: { patientId: ours.id } }));
    expect(await kept()).not.toContain('秘密');
  });

  it('answers a repeat like the first time', async () => {
    const { other, ours } = await openTwice();
    const sent = other.changeSet(ours, record(ours.id));
    const answer = await other.push(sent);
    expect((await other.push(sent)).outcomes).toEqual(answer.outcomes);
    const { known, wanted } = await other.ask('offer', { changeSets: [{ id: sent.id, revs: sent.documents.map(({ rev }) => rev) }] });
    expect({ known, wanted }).toEqual({ known: answer.outcomes, wanted: [] });
  });

  it('tells both where the patient is given to the site that used its id: nothing of either is lost or mixed', async () => {
    const { first, siteId, other, otherSite, colleague, theirs, ours } = await openTwice();
    const visit = record(ours.id, { diagnosis: '乙站诊断' });
    await other.push(other.changeSet(ours, visit));
    await Promise.all([other.pull(), colleague.pull()]);
    await first.push(first.changeSet(edited(theirs, { siteIds: [siteId, otherSite] }), record(theirs.id, { diagnosis: '甲站诊断' })));
    for (const station of [other, colleague]) {
      await station.pull();
      expect(held(station, theirs)).toMatchObject({ name: '甲站病人' });
      const own = [...station.documents.values()].find(({ content }) => content?.['name'] === '乙站病人');
      expect(own?.id).not.toBe(theirs.id);
      expect(held(station, visit)).toMatchObject({ patientId: own?.id, diagnosis: '乙站诊断' });
      const { digests } = await station.ask('digests');
      const counted = (name: string) => digests[name]?.reduce((sum, [count]) => sum + count, 0);
      expect([counted('patients'), counted('medicalRecords')]).toEqual([2, 2]);
      const snapshot = await station.snapshot();
      expect(new Set(snapshot.map(({ rev }) => rev))).toEqual(new Set([...station.documents.values()].map(({ rev }) => rev)));
    }
  });
});
