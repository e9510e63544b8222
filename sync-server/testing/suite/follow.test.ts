import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { v7 } from 'uuid';
import { expect, it, onTestFinished } from 'vitest';
import { differingBuckets } from '../../../shared/sync/digest.ts';
import { makeCertificate } from '../../http/certificate.ts';
import { startServer, type RunningServer } from '../../http/index.ts';
import type { DatabaseOptions } from '../../database/index.ts';
import { onEachDatabase } from '../databases.ts';
import { sendTo } from '../http.ts';
import { startProcess } from '../process.ts';
import { edited, patient, site, TestWorkstation, user } from '../workstation.ts';

const certificate = makeCertificate({ hosts: ['127.0.0.1'], now: new Date() });

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
/** A command of an operator. Central is served by this process, so it must not stand still meanwhile. */
async function run(folder: string, commandLine: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [main, '--data', folder, ...commandLine], { timeout: 50_000 });
  return stdout + stderr;
}

async function eventually<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    await pause(100);
  }
  throw new Error('It never came about');
}

onEachDatabase('two tiers over real HTTP', (makeDatabase) => {
  async function startCentral(database: DatabaseOptions, port = 0): Promise<RunningServer> {
    return startServer({ database, host: '127.0.0.1', port, tls: { key: certificate.key, cert: certificate.cert } });
  }

  async function openCentral() {
    const database = await makeDatabase();
    const held = { server: await startCentral(database), database };
    onTestFinished(() => held.server.close());
    const { organisationId } = await held.server.service.createOrganisation('Outpost 诊所');
    const siteId = v7();
    const { code } = await held.server.service.createCode({ organisationId, siteId });
    const first = await TestWorkstation.enrol((name, token, body) => held.server.service.handle(name, token, body), code);
    await first.hello();
    await first.push(first.changeSet(site(siteId), user()));
    return { ...held, organisationId, siteId, first, restart: async () => (held.server = await startCentral(database, held.server.port)), stop: () => held.server.close(), get service() { return held.server.service; }, get port() { return held.server.port; } };
  }
  type Central = Awaited<ReturnType<typeof openCentral>>;

  const codeOf = async (central: Central) => (await central.service.createCode({ organisationId: central.organisationId, siteId: central.siteId })).code;
  const requestTo = (central: Central, code: string, fingerprint = certificate.fingerprint) => ({ address: `https://127.0.0.1:${central.port}`, fingerprint, code, name: 'Hub', appVersion: '1.0.0' });

  async function openHub(central: Central, database: DatabaseOptions = { kind: 'sqlite', path: ':memory:' }) {
    const server = await startServer({ database, host: '127.0.0.1', port: 0, appVersion: '1.0.0' });
    onTestFinished(() => server.close());
    const { organisationId } = await server.service.createOrganisation('Outpost 诊所');
    await server.service.following.follow(organisationId, requestTo(central, await codeOf(central)));
    const facts = () => server.service.following.facts(organisationId);
    const stations = [];
    for (let index = 0; index < 2; index += 1) {
      const { code } = await server.service.createCode({ organisationId });
      // Numbers come with the first sync: until then nobody is let in.
      const station = await eventually(() => TestWorkstation.enrol(sendTo(() => server.address), code));
      await station.hello();
      stations.push(station);
    }
    return { server, organisationId, facts, stations: stations as [TestWorkstation, TestWorkstation] };
  }
  type Hub = Awaited<ReturnType<typeof openHub>>;

  const digestsOf = async (workstation: TestWorkstation) => {
    await workstation.hello();
    for (;;) {
      await workstation.pull();
      const { position, digests } = await workstation.ask('digests');
      // Else they speak of something that came after what was pulled.
      if (position === workstation.position) return digests;
    }
  };
  const converged = (central: Central, hubs: Hub[]) =>
    eventually(async () => {
      const wanted = await digestsOf(central.first);
      for (const { stations, facts } of hubs) {
        if ((await facts())?.unsent !== 0) return undefined;
        for (const station of stations) if (differingBuckets(wanted, await digestsOf(station)).length > 0) return undefined;
      }
      return true;
    });

  it('tells each other at once, goes on through a long cut, and brings every clash into every inbox', { timeout: 120_000 }, async () => {
    const central = await openCentral();
    const hubs = [await openHub(central, await makeDatabase()), await openHub(central)] as const;
    const [east, west] = hubs;
    const shared = patient();
    await east.stations[0].push(east.stations[0].changeSet(shared));
    await converged(central, [...hubs]);
    expect(west.stations[1].documents.get(`patients/${shared.id}`)).toMatchObject({ rev: shared.rev });

    await central.stop();
    const [here, there] = [edited(shared, { address: '东路 1 号' }), edited(shared, { address: '西路 2 号' })];
    await east.stations[0].push(east.stations[0].changeSet(here));
    await west.stations[0].push(west.stations[0].changeSet(there));
    const alone = Array.from({ length: 20 }, () => patient());
    for (const one of alone) await east.stations[1].push(east.stations[1].changeSet(one));
    await eventually(async () => ((await east.facts())?.lastError === 'unreachable' ? true : undefined));
    expect(await east.facts()).toMatchObject({ unsent: 21, oldestUnsentAt: expect.any(String) as string });
    const health = (await (await fetch(`${east.server.address}/health`)).json()) as { upstreams: { unsent: number }[] };
    expect(health.upstreams[0]).toMatchObject({ unsent: 21, lastError: 'unreachable' });
    expect(await (await fetch(`${east.server.address}/metrics`)).text()).toContain('outpost_upstream_unsent_change_sets 21');

    await central.restart();
    for (const { server } of hubs) server.service.following.retry();
    await converged(central, [...hubs]);
    for (const station of [central.first, ...east.stations, ...west.stations]) {
      const clashes = [...station.documents.values()].filter(({ collection }) => collection === 'conflicts');
      expect(clashes).toHaveLength(1);
      expect(JSON.stringify(clashes[0]?.content)).toMatch(/东路 1 号.*西路 2 号|西路 2 号.*东路 1 号/);
    }
    for (const station of [central.first, ...west.stations]) for (const one of alone) expect(station.documents.get(`patients/${one.id}`)?.rev).toBe(one.rev);
  });

  it('gives no number twice in both tiers', { timeout: 60_000 }, async () => {
    const central = await openCentral();
    const hubs = [await openHub(central), await openHub(central)];
    const more = await TestWorkstation.enrol((name, token, body) => central.service.handle(name, token, body), await codeOf(central));
    const numbers = [central.first, more, ...hubs.flatMap(({ stations }) => stations)].map(({ enrolment }) => enrolment.workstationNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('is let in only by the server that a person compared, once, and with a code of it', { timeout: 60_000 }, async () => {
    const central = await openCentral();
    const { server, organisationId } = await openHub(central);
    const { following } = server.service;
    const request = requestTo(central, await codeOf(central));
    await expect(following.follow(organisationId, request)).rejects.toMatchObject({ refusal: 'already-following' });
    const other = (await server.service.createOrganisation('城西诊所')).organisationId;
    await expect(following.follow(other, { ...request, fingerprint: request.fingerprint.replace(/^../, 'FF') })).rejects.toMatchObject({ refusal: 'fingerprint-differs' });
    await expect(following.follow(other, { ...request, fingerprint: undefined })).rejects.toMatchObject({ refusal: 'fingerprint-missing' });
    await expect(following.follow(other, { ...request, code: 'XXXXX-XXXXX-XXXXX-XXXXX' })).rejects.toMatchObject({ failure: 'code-not-valid' });
    expect(await following.facts(other)).toBeNull();
    await following.follow(other, request);
    expect(await following.facts(other)).toMatchObject({ organisationName: 'Outpost 诊所' });
  });

  it('loses nothing of a hub that is killed again and again while it sends', { timeout: 120_000 }, async () => {
    const central = await openCentral();
    const folder = mkdtempSync(join(tmpdir(), 'hub-'));
    const begun = await startProcess(undefined, ['--data', folder]);
    let hub = begun;
    const station = await TestWorkstation.enrol(sendTo(() => hub.address), begun.code ?? '', { siteId: central.siteId });
    await station.hello();
    const written = Array.from({ length: 300 }, () => patient());
    await station.push(...written.map((one) => station.changeSet(one)));
    const followed = await run(folder, ['follow', '--server', `https://127.0.0.1:${central.port}`, '--fingerprint', certificate.fingerprint, '--code', await codeOf(central)]);
    expect(followed).toContain('follows Outpost 诊所');
    for (let kill = 0; kill < 3; kill += 1) {
      await pause(300 + 400 * kill);
      await hub.kill('SIGKILL');
      hub = await startProcess(undefined, ['--data', folder]);
    }
    await eventually(async () => {
      await central.first.hello();
      await central.first.pull();
      return written.every(({ id, rev }) => central.first.documents.get(`patients/${id}`)?.rev === rev) ? true : undefined;
    });
    // Its workstation from before it followed has a number of central's range at its next hello.
    const answer = await eventually(async () => {
      station.send = sendTo(() => hub.address);
      const greeted = await station.hello();
      return greeted.state === 'active' && greeted.workstationNumber > 1 ? greeted : undefined;
    });
    expect(answer.workstationNumber).toBeGreaterThan(2);
    await hub.kill('SIGTERM');
  });
});
