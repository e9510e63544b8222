import { v4, v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { PushOutcome, WireDocument } from '../../../shared/sync/protocol.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, record } from '../workstation.ts';

onEachDatabase('push', (make) => {
  let clinic: Clinic;
  const open = async () => (clinic = await openClinic(await make()));
  afterEach(() => clinic.close());

  it('gives each change set the next position, and the same answer to the same change set ever after', async () => {
    const { first, join } = await open();
    const second = await join();
    const sent = [first.changeSet(patient()), first.changeSet(patient(), patient()), first.changeSet()];
    const once = await first.push(...sent);
    expect(once.outcomes.map((outcome) => outcome.outcome === 'accepted' && outcome.position)).toEqual([2, 3, 4]);
    // Its reply was lost: it is sent again, whole, in part, twice in one message, and by somebody else.
    expect(once.asSent).toEqual({ after: 1, position: 4 });
    expect(await first.push(...sent)).toEqual({ outcomes: once.outcomes, head: once.head });
    expect((await first.push(sent[1]!, sent[1]!)).outcomes).toEqual([once.outcomes[1], once.outcomes[1]]);
    expect((await second.push(sent[2]!, sent[0]!)).outcomes).toEqual([once.outcomes[2], once.outcomes[0]]);
    expect((await second.pull()).map(({ id }) => id)).toEqual([expect.any(String), sent[0]!.id, sent[1]!.id]);
  });

  it('answers a repeat of a merged change set as it answered it first, when it has gone on since', async () => {
    const { first, join } = await open();
    const second = await join();
    const registered = patient();
    await first.push(first.changeSet(registered));
    await first.push(first.changeSet(edited(registered, { phone: '021-1' })));
    const behind = second.changeSet(edited(registered, { address: '南京路 2 号' }), record(registered.id));
    const once = await second.push(behind);
    expect(once.outcomes[0]).toMatchObject({ outcome: 'accepted', position: 4, landed: [{ collection: 'patients', id: registered.id, position: 4 }] });
    await second.pull();
    const merged = second.documents.get(`patients/${registered.id}`)!;
    expect(merged.content).toMatchObject({ phone: '021-1', address: '南京路 2 号' });
    await first.push(first.changeSet(edited(merged, { phone: '021-2' })));
    expect((await second.push(behind)).outcomes).toEqual(once.outcomes);
    expect(await second.ask('offer', { changeSets: [{ id: behind.id, revs: behind.documents.map(({ rev }) => rev) }] })).toEqual({ wanted: [], known: once.outcomes });
  });

  it('takes the part of a known change set that it lacks, under the same id', async () => {
    const { first, join } = await open();
    const second = await join();
    const [one, two] = [patient(), patient()];
    const whole = first.changeSet(one, two);
    await first.push({ ...whole, documents: [one] });
    expect(await first.ask('offer', { changeSets: [{ id: whole.id, revs: [one.rev, two.rev] }] })).toMatchObject({ wanted: [whole.id] });
    const [outcome] = (await first.push(whole)).outcomes;
    expect(outcome).toMatchObject({ position: 3, landed: [{ id: one.id, rev: one.rev, position: 2 }] });
    await second.pull();
    expect(second.pulled.filter(({ id }) => id === whole.id).map(({ position, documents }) => [position, documents.map(({ id }) => id)])).toEqual([[2, [one.id]], [3, [two.id]]]);
  });

  it('keeps both values of what cannot be merged in a conflict at the same position', async () => {
    const { first, join } = await open();
    const second = await join();
    const registered = patient();
    await first.push(first.changeSet(registered));
    await first.push(first.changeSet(edited(registered, { address: 'A' })));
    await second.push(second.changeSet(edited(registered, { address: 'B' })));
    const pulled = (await first.pull()).at(-1)!;
    expect(pulled.documents.map(({ collection }) => collection)).toEqual(['patients', 'conflicts']);
    const conflict = pulled.documents[1]!.content as { clashes: { values: { value: string }[] }[] };
    expect(conflict.clashes[0]!.values.map(({ value }) => value).sort()).toEqual(['A', 'B']);
  });

  it('refuses what breaks its schema, keeps it whole in quarantine, and goes on with the rest', async () => {
    const { first, database } = await open();
    const good = patient();
    const bad = first.changeSet(patient({ gender: 'other than that' }), patient());
    const strange = first.changeSet({ ...patient(), collection: 'weather' });
    const shapeless = { ...first.changeSet(), documents: 'none' } as never;
    const moved = record(good.id);
    const twice = patient();
    const answer = await first.push(
      bad, first.changeSet(good, moved), strange, shapeless, first.changeSet(edited(moved, { patientId: v7() })), first.changeSet(twice, edited(twice, {})),
    );
    expect(answer.outcomes.map(refusalOf)).toEqual(['invalid-document', 'accepted', 'unknown-collection', 'invalid-document', 'invalid-document', 'invalid-document']);
    const held = await database.rows<{ id: string; content: string }>('SELECT change_set_id AS id, content FROM quarantine');
    expect(JSON.parse(held.find(({ id }) => id === bad.id)!.content)).toEqual(bad);
    expect(held).toHaveLength(5);
    // Repaired under the same id, it is taken and leaves the quarantine.
    expect((await first.push({ ...bad, documents: [patient()] })).outcomes.map(refusalOf)).toEqual(['accepted']);
    expect(await database.rows('SELECT change_set_id FROM quarantine')).toHaveLength(4);
  });

  it('refuses what nests thousands deep, and a second version of an audit entry', async () => {
    const { first } = await open();
    const deep = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`) as Record<string, unknown>;
    const entry: WireDocument = { ...patient(), collection: 'auditEntries', content: { action: 'patient.viewed', actorId: v7(), actorName: '李', deviceId: v7() } };
    const answer = await first.push(
      first.changeSet(patient({ notes: deep })), first.changeSet(entry), first.changeSet(edited(entry, { actorName: '张' })),
    );
    expect(answer.outcomes.map(refusalOf)).toEqual(['invalid-document', 'accepted', 'not-permitted']);
  });

  it('does not say, to who guesses the id of another device’s audit entry, that there is one', async () => {
    const { first, join } = await open();
    const [colleague, stranger] = [await join(), await join(v7())];
    const entry = (): WireDocument => ({ ...patient(), collection: 'auditEntries', content: { action: 'patient.viewed', actorId: v7(), actorName: '李', deviceId: v7() } });
    const written = entry();
    await first.push(first.changeSet(written));
    for (const station of [colleague, stranger]) {
      const { outcomes } = await station.push(station.changeSet({ ...entry(), id: written.id }), station.changeSet(entry()));
      expect(outcomes.map(refusalOf)).toEqual(['accepted', 'accepted']);
    }
  });

  it('purges for good: every version of it is wiped, its workstations hear of it, and no later write brings it back', async () => {
    const { first, join, database } = await open();
    const second = await join();
    const registered = patient();
    const visit = record(registered.id, { diagnosis: '糖尿病' });
    const rewritten = edited(visit, { diagnosis: '二型糖尿病' });
    await first.push(first.changeSet(registered, visit), first.changeSet(rewritten));
    await second.pull();
    const purged: WireDocument = { ...rewritten, rev: v4(), baseRev: rewritten.rev, deleted: true, content: null };
    await first.push(first.changeSet(purged));
    await second.push(second.changeSet(edited(rewritten, { treatment: '胰岛素' })));
    await second.pull();
    expect(second.documents.get(`medicalRecords/${visit.id}`)).toMatchObject({ content: null, deleted: true });
    const kept = await database.rows<{ content: string | null }>(`SELECT content FROM revisions WHERE document_id = ?`, [visit.id]);
    expect(kept.filter(({ content }) => content !== null)).toEqual([]);
  });

  it('takes what comes late of a document that was purged before it came, and keeps nothing of it', async () => {
    const { first, join, database } = await open();
    const second = await join();
    const registered = patient();
    const visit = record(registered.id, { diagnosis: '糖尿病' });
    const purged = { ...visit, rev: v4(), baseRev: visit.rev, deleted: true, content: null };
    await first.push(first.changeSet(registered));
    expect((await second.push(second.changeSet(purged))).outcomes.map(refusalOf)).toEqual(['accepted']);
    expect((await first.push(first.changeSet(visit))).outcomes.map(refusalOf)).toEqual(['accepted']);
    expect(await database.rows('SELECT content FROM revisions WHERE document_id = ? AND content IS NOT NULL', [visit.id])).toEqual([]);
  });

  it('purges what clashed in a document and what was refused of it along with it, whichever comes first', async () => {
    const { first, join, database } = await open();
    const second = await join();
    const somebody = patient();
    await first.push(first.changeSet(somebody));
    await first.push(first.changeSet(edited(somebody, { address: '清除前的甲地址' })));
    await second.push(second.changeSet(edited(somebody, { address: '清除前的乙地址' })), second.changeSet(edited(somebody, { address: '清除前的丙地址', gender: 7 })));
    await second.pull();
    const conflict = [...second.documents.values()].find(({ collection }) => collection === 'conflicts')!;
    const current = second.documents.get(`patients/${somebody.id}`)!;
    await first.push(first.changeSet({ ...current, rev: v4(), baseRev: current.rev, deleted: true, content: null }));
    await second.push(
      second.changeSet(edited(somebody, { address: '清除前的丁地址', gender: 7 })), second.changeSet({ ...conflict, id: v7(), rev: v4(), baseRev: null }), second.changeSet(edited(conflict, { status: 'settled' })),
    );
    await second.pull();
    expect(second.documents.get(`conflicts/${conflict.id}`)).toMatchObject({ content: null });
    const held = [...(await database.rows('SELECT content FROM revisions')), ...(await database.rows('SELECT content FROM quarantine'))];
    expect(JSON.stringify(held)).not.toContain('清除前的');
    const { digests } = await second.ask('digests');
    expect(digests['conflicts']!.reduce((sum, [count]) => sum + count, 0)).toBe([...second.documents.values()].filter(({ collection }) => collection === 'conflicts').length);
  });
});

const refusalOf = (outcome: PushOutcome) => (outcome.outcome === 'accepted' ? 'accepted' : outcome.refusal);
