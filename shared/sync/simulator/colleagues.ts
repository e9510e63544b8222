import type { Change, Desk } from './people.ts';
import type { Held } from './stores.ts';

type Content = Record<string, unknown>;
type Choose = (desk: Desk, collection: string, fits?: (document: Held) => boolean) => (Held & { content: Content }) | undefined;

const isLive = ({ deleted }: Held): boolean => !deleted;
const expiresAt = '2026-06-01T00:00:00.000Z';
const edited = ({ collection, id, content }: Held, over: Content): Change => ({ collection, id, content: { ...content, ...over } });

/** What colleagues of several sites do: they refer with a part of the chart, answer, write to each other, read, and end what was shared. */
export function correspond(choose: Choose, pictureOf: (desk: Desk) => Content): (desk: Desk) => Change[] {
  const refer = (desk: Desk): Change[] => {
    const patient = choose(desk, 'patients', isLive);
    if (patient === undefined) return [];
    const { newId, newWord, siteId, siteIds, random, at } = desk;
    const [id, sharedChartId, recipientSiteId] = [newId(), newId(), random.of(siteIds)];
    const parties = { senderSiteId: siteId, siteIds: [...new Set([siteId, recipientSiteId])] };
    const referral = {
      ...parties, recipientSiteId, kind: 'referral', status: 'requested', priority: 'routine', subjectId: patient.id, patientName: newWord(), gender: 'unknown',
      reason: newWord(), authoredOn: at, requesterId: 'someone', requesterName: 'Someone', sharedChartId,
    };
    // Pictures that go along: copies of what other charts name, too, or bytes that are new.
    const copies = Array.from({ length: random.below(3) }, () => ({ collection: 'documentReferences', id: newId(), content: { ...pictureOf(desk), sharedChartId } }));
    const entries = [{ collection: 'conditions', id: newId(), updatedAt: at, content: { code: { text: newWord() } } }];
    return [
      { collection: 'referrals', id, content: referral },
      { collection: 'sharedCharts', id: sharedChartId, content: { ...parties, referralId: id, expiresAt, patient: { name: newWord(), gender: 'unknown' }, entries } },
      ...copies,
    ];
  };
  const answer = (desk: Desk): Change[] => {
    const referral = choose(desk, 'referrals', isLive);
    const status = desk.random.of(['accepted', 'rejected', 'cancelled', 'completed']);
    return referral === undefined ? [] : [edited(referral, { status, statusReason: desk.newWord(), statusChange: { userId: 'someone', name: 'Someone', at: desk.at } })];
  };
  const subject = (desk: Desk): Content | undefined => {
    const root = choose(desk, desk.random.of(['referrals', 'referrals', 'patients']), isLive);
    return root && { [root.collection === 'patients' ? 'patientId' : 'referralId']: root.id };
  };
  const write = (desk: Desk): Change[] => {
    const about = subject(desk);
    if (about === undefined) return [];
    const task = { description: desk.newWord(), status: 'requested', priority: 'routine', authoredOn: desk.at, requesterId: 'someone', requesterName: 'Someone' };
    const message = { payload: desk.newWord(), sent: desk.at, senderId: 'someone', senderName: 'Someone', senderSiteId: desk.siteId };
    return [desk.random.chance(50) ? { collection: 'careTasks', id: desk.newId(), content: { ...about, ...task } } : { collection: 'communications', id: desk.newId(), content: { ...about, ...message } }];
  };
  const read = (desk: Desk): Change[] => {
    const document = choose(desk, desk.random.of(['referrals', 'communications', 'careTasks']), isLive);
    return document === undefined ? [] : [edited(document, { received: desk.at, ...(desk.random.chance(50) && { read: { at: desk.at, userId: 'someone', name: 'Someone' } }) })];
  };
  /** By the sender, whose list of sites gets shorter. */
  const endSharing = (desk: Desk): Change[] => {
    const chart = choose(desk, 'sharedCharts', isLive);
    return chart === undefined ? [] : [edited(chart, { siteIds: [chart.content['senderSiteId']] })];
  };
  /** By a program with a fault. */
  const prolong = (desk: Desk): Change[] => {
    const chart = choose(desk, 'sharedCharts', isLive);
    return chart === undefined ? [] : [edited(chart, { expiresAt: '2036-01-01T00:00:00.000Z' })];
  };
  return (desk) => desk.random.of([refer, refer, answer, write, write, read, read, endSharing, prolong])(desk);
}
