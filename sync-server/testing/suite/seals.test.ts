import { afterEach, expect, it } from 'vitest';
import type { WireDocument } from '../../../shared/sync/protocol.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, observation, patient, sealOf } from '../workstation.ts';

onEachDatabase('seals', (make) => {
  let clinic: Clinic;
  afterEach(() => clinic.close());
  async function sealedChart() {
    clinic = await openClinic(await make());
    const { first, join } = clinic;
    const second = await join();
    const person = patient();
    const measured = observation(person.id);
    await first.push(first.changeSet(person, measured));
    await second.pull();
    const seal = sealOf(person.id, measured);
    await first.push(first.changeSet(seal));
    return { first, second, person, measured, seal };
  }
  const standing = async (desk: Clinic['first'], { collection, id }: WireDocument) => {
    await desk.pull();
    return desk.documents.get(`${collection}/${id}`);
  };

  it('keeps an edit that was made elsewhere in the inbox, with what came in the same change set, and tells both what stands', async () => {
    const { first, second, measured, person } = await sealedChart();
    const [late, other] = [edited(measured, { valueString: '27' }), observation(person.id)];
    const sent = second.changeSet(late, other);
    const once = await second.push(sent);
    expect(once.outcomes[0]).toMatchObject({ outcome: 'accepted', landed: [{ collection: 'observations', id: measured.id }] });
    expect((await second.push(sent)).outcomes).toEqual(once.outcomes);
    for (const desk of [first, second]) {
      expect(await standing(desk, measured)).toMatchObject({ deleted: false, content: { valueString: '72' } });
      const [conflict] = [...desk.documents.values()].filter(({ collection }) => collection === 'conflicts');
      expect(conflict?.content).toMatchObject({ documentId: measured.id, status: 'open' });
    }
    expect((await standing(first, other))?.content).toEqual(other.content);
  });

  it('lets what was measured by mistake say so, and forgets no seal over one that was put on later', async () => {
    const { first, second, measured, seal, person } = await sealedChart();
    const mistaken = edited(measured, { status: 'entered-in-error' });
    expect((await second.push(second.changeSet(mistaken))).outcomes[0]).toMatchObject({ outcome: 'accepted', landed: [] });
    await first.push(first.changeSet(edited(seal, { location: 'Shelf 4' }), sealOf(person.id, mistaken)));
    await second.push(second.changeSet(edited(mistaken, { valueString: '27' })));
    expect(await standing(first, measured)).toMatchObject({ content: { valueString: '72', status: 'entered-in-error' } });
  });

  it('refuses to purge it, alone or with its patient, and keeps what was refused', async () => {
    const { second, measured, person } = await sealedChart();
    const purged = (document: WireDocument): WireDocument => ({ ...edited(document, {}), deleted: true, content: null });
    for (const documents of [[purged(measured)], [purged(person), purged(measured)]]) {
      expect((await second.push(second.changeSet(...documents))).outcomes[0]).toMatchObject({ outcome: 'rejected', refusal: 'chart-sealed' });
    }
    expect(await standing(second, measured)).toMatchObject({ content: { valueString: '72' } });
  });
});
