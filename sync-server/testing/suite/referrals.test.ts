import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { openClinic, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, referral, type TestWorkstation } from '../workstation.ts';

const kindsOf = (station: TestWorkstation) => [...station.documents.values()].map(({ collection }) => collection).filter((name) => name !== 'users' && name !== 'sites').sort();

onEachDatabase('referrals', (make) => {
  let clinic: Clinic;
  let now = new Date('2026-03-01T08:00:00.000Z');
  const open = async () => (clinic = await openClinic(await make(), { clock: { now: () => now } }));
  afterEach(() => clinic.close());

  async function sent() {
    now = new Date('2026-03-01T08:00:00.000Z');
    const { first, siteId, join } = await open();
    const [recipient, stranger] = [await join(v7()), await join(v7())];
    const subject = patient();
    const documents = referral({ patientId: subject.id, senderSiteId: siteId, recipientSiteId: recipient.enrolment.siteId });
    await first.push(first.changeSet(subject), first.changeSet(documents.referral, documents.chart, documents.message));
    await recipient.pull();
    await stranger.pull();
    return { first, recipient, stranger, subject, ...documents };
  }

  it('carries a letter, its messages and what was chosen of the chart to its two sites, and to no other; of the patient nothing', async () => {
    const { recipient, stranger, subject, referral: letter } = await sent();
    expect(kindsOf(recipient)).toEqual(['communications', 'referrals', 'sharedCharts']);
    expect(kindsOf(stranger)).toEqual([]);
    expect((await recipient.ask('documents', { refs: [{ collection: 'patients', id: subject.id }] })).documents).toEqual([]);
    expect((await stranger.ask('documents', { refs: [{ collection: 'referrals', id: letter.id }] })).documents).toEqual([]);
    // Whoever writes under its id writes something of its own.
    const forged = { ...letter, rev: v7(), baseRev: letter.rev, content: { ...letter.content, siteIds: [stranger.enrolment.siteId] } };
    await stranger.push(stranger.changeSet(forged));
    await stranger.pull();
    const [held] = (await stranger.ask('documents', { refs: [{ collection: 'referrals', id: letter.id }] })).documents;
    expect(held?.rev).toBe(forged.rev);
    expect((await recipient.snapshot()).find(({ collection }) => collection === 'referrals')?.rev).toBe(letter.rev);
  });

  it('brings receipts and answers back to the sender, and a message of the other site', async () => {
    const { first, recipient, referral: letter, message } = await sent();
    const answered = edited(letter, { status: 'accepted', received: '2026-03-01T09:00:00.000Z', read: { at: '2026-03-01T09:05:00.000Z', userId: v7(), name: '王' } });
    await recipient.push(recipient.changeSet(answered, { ...message, id: v7(), rev: v7() }));
    const told = (await first.pull()).flatMap(({ documents }) => documents);
    expect(told.map(({ collection }) => collection).sort()).toEqual(['communications', 'referrals']);
    expect(told.find(({ collection }) => collection === 'referrals')?.content).toMatchObject({ status: 'accepted', received: '2026-03-01T09:00:00.000Z', read: { name: '王' } });
  });

  it('keeps both of an acceptance and a withdrawal that were written at the same time, in a conflict that the two sites see alone', async () => {
    const { first, recipient, stranger, referral: letter } = await sent();
    await recipient.push(recipient.changeSet(edited(letter, { status: 'accepted' })));
    await first.push(first.changeSet(edited(letter, { status: 'cancelled' })));
    for (const station of [first, recipient]) {
      await station.pull();
      expect([...station.documents.values()].find(({ collection }) => collection === 'conflicts')?.content).toMatchObject({ referralId: letter.id, clashes: [{ path: 'status' }] });
    }
    expect((await stranger.pull()).flatMap(({ documents }) => documents)).toEqual([]);
  });

  it('takes the copy of the chart off the reader when its time is over, and leaves the letter', async () => {
    const { first, recipient, chart } = await sent();
    await clinic.service.endExpired();
    expect(await recipient.pull()).toEqual([]);
    now = new Date('2026-04-01T08:00:00.001Z');
    await first.hello();
    await recipient.hello();
    await clinic.service.endExpired();
    expect((await recipient.pull()).map(({ withdrawn }) => withdrawn)).toEqual([[chart.id]]);
    expect(kindsOf(recipient)).toEqual(['communications', 'referrals']);
    expect((await recipient.ask('documents', { refs: [{ collection: 'sharedCharts', id: chart.id }] })).documents).toEqual([]);
    await first.pull();
    expect(first.documents.get(`sharedCharts/${chart.id}`)?.content?.['siteIds']).toEqual([chart.content?.['senderSiteId']]);
    await clinic.service.endExpired();
    expect(await first.pull()).toEqual([]);
  });

  it('lets nobody prolong a copy, nor add a site to it', async () => {
    const { first, recipient, stranger, chart } = await sent();
    const prolonged = edited(chart, { expiresAt: '2036-01-01T00:00:00.000Z' });
    await recipient.push(recipient.changeSet(prolonged), recipient.changeSet({ ...prolonged, rev: v7(), content: { ...chart.content, siteIds: [...(chart.content?.['siteIds'] as string[]), stranger.enrolment.siteId] } }));
    expect((await first.snapshot()).find(({ collection }) => collection === 'sharedCharts')?.content).toEqual(chart.content);
    expect((await stranger.pull()).flatMap(({ documents }) => documents)).toEqual([]);
  });
});
