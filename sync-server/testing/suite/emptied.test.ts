import { v4, v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { WireDocument } from '../../../shared/sync/protocol.ts';
import { RecentChangeSets } from '../../service/recent.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { readAll, writeAll } from '../copy.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, record, type TestWorkstation } from '../workstation.ts';

onEachDatabase('versions that a later purge emptied', (make) => {
  let clinic: Clinic;
  afterEach(() => clinic.close());

  /** Positions: a patient comes with a visit (2), goes to another site, too (3), and the visit is purged (4). */
  async function purgeVisit(): Promise<{ visit: WireDocument; stations: TestWorkstation[]; backup: Awaited<ReturnType<typeof readAll>> }> {
    clinic = await openClinic(await make());
    const { first, join, siteId, database } = clinic;
    const stations = [await join(), await join(v7())];
    const registered = patient({ siteIds: [siteId] });
    const visit = record(registered.id);
    await first.push(first.changeSet(registered, visit));
    await first.push(first.changeSet(edited(registered, { siteIds: [siteId, ...stations.slice(1).map(({ enrolment }) => enrolment.siteId)] })));
    const backup = await readAll(database);
    await first.push(first.changeSet({ ...visit, rev: v4(), baseRev: visit.rev, deleted: true, content: null }));
    return { visit, stations, backup };
  }

  const maxBytes = 1_000_000;

  it('are not told: neither to who pulls, nor with a patient that comes to a site, nor in a copy of before', async () => {
    const { visit, stations } = await purgeVisit();
    const contents = (documents: readonly Pick<WireDocument, 'id' | 'content'>[]) => documents.filter(({ id }) => id === visit.id).map(({ content }) => content);
    for (const station of stations) {
      const pulled = async (upTo: number) => contents((await station.ask('pull', { after: 0, upTo, maxBytes })).changeSets.flatMap(({ documents }) => documents));
      const copied = async (at: number) => contents((await station.ask('snapshot', { at, cursor: null, maxBytes })).documents);
      expect([await pulled(3), await copied(3)]).toEqual([[], []]);
      expect([await pulled(4), await copied(4)]).toEqual([[null], [null]]);
    }
  });

  it('are not told by a pull that had begun before the purge and comes to read after it', async () => {
    const { visit, stations: [station] } = await purgeVisit();
    const [landed] = await clinic.database.rows<{ headId: string }>('SELECT landing_id AS headId FROM change_sets WHERE position = 2');
    const told = await new RecentChangeSets(clinic.database, 100).between({ organisationId: 1, head: 2, headId: landed?.headId ?? '' }, 1);
    const texts = told?.map((changeSet) => changeSet.textFor(station!.enrolment));
    expect(texts).toEqual([expect.stringContaining('"collection":"patients"')]);
    expect(texts?.join()).not.toContain(visit.id);
  });

  it('leave who was cut off before the purge with nothing under their rev, when the server is restored to before it', async () => {
    const { visit, stations: [station], backup } = await purgeVisit();
    for (const changeSet of (await station!.ask('pull', { after: 0, upTo: 3, maxBytes })).changeSets) station!.take(changeSet);
    await writeAll(clinic.database, backup);
    await station!.hello();
    const { documents: [whole] } = await station!.ask('documents', { refs: [{ collection: visit.collection, id: visit.id }] });
    expect(whole).toMatchObject({ rev: visit.rev, content: visit.content });
    expect(station!.documents.get(`medicalRecords/${visit.id}`)?.rev).not.toBe(visit.rev);
  });
});
