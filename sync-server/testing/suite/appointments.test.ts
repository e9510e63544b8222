import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { WireDocument } from '../../../shared/sync/protocol.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient } from '../workstation.ts';

const practitionerId = v7();
const nine = { start: '2026-03-02T09:00:00.000Z', end: '2026-03-02T09:15:00.000Z' };
const ten = { start: '2026-03-02T10:00:00.000Z', end: '2026-03-02T10:15:00.000Z' };

const appointment = (patientId: string, fields: Record<string, unknown> = {}): WireDocument => ({
  collection: 'appointments', id: v7(), rev: v7(), baseRev: null, deleted: false, createdAt: '2026-03-01T08:00:00.000Z', updatedAt: '2026-03-01T08:00:00.000Z', updatedBy: 'desk',
  content: { patientId, practitionerId, ...nine, status: 'booked', ...fields },
});

onEachDatabase('appointments', (make) => {
  let clinic: Clinic;
  afterEach(() => clinic.close());
  async function twoDesks() {
    clinic = await openClinic(await make());
    const { first, join } = clinic;
    const second = await join();
    const [one, two] = [patient(), patient()];
    await first.push(first.changeSet(one, two));
    return { first, second, one, two };
  }
  const standing = async (desk: Clinic['first'], id: string) => {
    await desk.pull();
    return desk.documents.get(`appointments/${id}`)?.content;
  };

  it('lets the first of two desks keep the slot and tells both of the other one, at every repeat alike', async () => {
    const { first, second, one, two } = await twoDesks();
    const [kept, late] = [appointment(one.id), appointment(two.id, { reason: 'Fever' })];
    await first.push(first.changeSet(kept));
    const sent = second.changeSet(late);
    const once = await second.push(sent);
    expect(once.outcomes[0]).toMatchObject({ outcome: 'accepted', landed: [{ collection: 'appointments', id: late.id }] });
    expect((await second.push(sent)).outcomes).toEqual(once.outcomes);
    for (const desk of [first, second]) expect(await standing(desk, late.id)).toEqual({ ...late.content, status: 'proposed', displacedBy: kept.id });
    expect(await standing(second, kept.id)).toEqual(kept.content);
  });

  it('finds those that came in the same message, and not those that moved away', async () => {
    const { first, second, one, two } = await twoDesks();
    const [kept, late] = [appointment(one.id), appointment(two.id)];
    await second.push(second.changeSet(kept), second.changeSet(late));
    expect(await standing(first, late.id)).toMatchObject({ displacedBy: kept.id });
    await first.push(first.changeSet(edited(kept, ten)));
    const next = appointment(two.id);
    await second.push(second.changeSet(next));
    expect(await standing(first, next.id)).toMatchObject({ status: 'booked' });
    const third = appointment(two.id, ten);
    await second.push(second.changeSet(third));
    expect(await standing(first, third.id)).toMatchObject({ displacedBy: kept.id });
  });

  it('leaves the slot of one that was thrown away or cancelled to the next', async () => {
    const { first, second, one, two } = await twoDesks();
    const [gone, cancelled] = [appointment(one.id), appointment(one.id, ten)];
    await first.push(first.changeSet(gone, cancelled));
    await first.push(first.changeSet({ ...edited(gone, {}), deleted: true }, edited(cancelled, { status: 'cancelled' })));
    const next = [appointment(two.id), appointment(two.id, ten)];
    await second.push(second.changeSet(...next));
    for (const { id } of next) expect(await standing(first, id)).toMatchObject({ status: 'booked' });
  });
});
