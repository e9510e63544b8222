import https from 'node:https';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { v4, v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { protocolVersion, syncErrorStatus } from '../../../shared/sync/protocol.ts';
import { openDatabase, type DatabaseOptions } from '../../database/index.ts';
import { makeCertificate } from '../../http/certificate.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../http/index.ts';
import { jsonLog } from '../../http/log.ts';
import { messageSchemas } from '../../service/messages.ts';
import { refusalCode } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { administerAt, listen, post, sendTo, type Body } from '../http.ts';
import { patient, site, TestWorkstation, user } from '../workstation.ts';

onEachDatabase('over HTTP', (make) => {
  const servers: RunningServer[] = [];
  const logged: string[] = [];
  let opened: DatabaseOptions | undefined;
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    logged.length = 0;
  });

  async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
    const log = jsonLog((line) => void logged.push(line), () => new Date());
    opened = options.database ?? (await make());
    const server = await startServer({ database: opened, host: '127.0.0.1', port: 0, log, pollMilliseconds: 20, ...options });
    servers.push(server);
    return server;
  }

  async function join(server: RunningServer, organisationId?: string): Promise<TestWorkstation> {
    const organisation = organisationId ?? (await server.service.createOrganisation('Clinic')).organisationId;
    const { code } = await server.service.createCode({ organisationId: organisation });
    const station = await TestWorkstation.enrol(sendTo(() => server.address), code);
    await station.hello();
    return station;
  }

  const bearer = ({ token }: TestWorkstation) => ({ authorization: `Bearer ${token}` });

  it('answers bad input with a code, never with its own failure, and says nothing of what was sent', async () => {
    const server = await start();
    const station = await join(server);
    const secret = '不可外传的诊断';
    const message = (over: object) => JSON.stringify({ epoch: station.epoch, ...over });
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const cases: [string, string, Body | undefined, Record<string, string>, string][] = [
      ['truncated JSON', '/sync/v1/push', `{"epoch":"${station.epoch}","changeSets":[{"notes":"${secret}`, bearer(station), 'malformed-message'],
      ['no body', '/sync/v1/push', undefined, bearer(station), 'malformed-message'],
      ['not JSON', '/sync/v1/push', secret, { ...bearer(station), 'content-type': 'text/plain' }, 'malformed-message'],
      ['a change set without an id', '/sync/v1/push', message({ changeSets: [{ secret }] }), bearer(station), 'malformed-message'],
      ['deep JSON as a message', '/sync/v1/push', deep, bearer(station), 'malformed-message'],
      ['deep JSON as change sets', '/sync/v1/push', message({ changeSets: [] }).replace('[]', deep), bearer(station), 'malformed-message'],
      ['a prototype', '/sync/v1/pull', `{"epoch":"${station.epoch}","after":0,"maxBytes":9,"__proto__":{"x":1}}`, bearer(station), 'malformed-message'],
      ['64 MB', '/sync/v1/push', new Uint8Array(64_000_000).fill(32), bearer(station), 'message-too-large'],
      ['a gzip bomb', '/sync/v1/push', gzipSync(new Uint8Array(200_000_000)), { ...bearer(station), 'content-encoding': 'gzip' }, 'message-too-large'],
      ['a zstd bomb', '/sync/v1/push', zstdCompressSync(new Uint8Array(200_000_000)), { ...bearer(station), 'content-encoding': 'zstd' }, 'message-too-large'],
      ['broken gzip', '/sync/v1/push', 'nothing of the kind', { ...bearer(station), 'content-encoding': 'gzip' }, 'malformed-message'],
      ['an unknown encoding', '/sync/v1/push', 'x', { ...bearer(station), 'content-encoding': 'lzma' }, 'malformed-message'],
      ['no token', '/sync/v1/pull', message({ after: 0, maxBytes: 9 }), {}, 'token-expired'],
      ['a made-up token', '/sync/v1/pull', message({ after: 0, maxBytes: 9 }), { authorization: `Bearer ${v4()}` }, 'token-expired'],
      ['another epoch', '/sync/v1/pull', JSON.stringify({ epoch: v7(), after: 0, maxBytes: 9 }), bearer(station), 'epoch-changed'],
      ['a negative position', '/sync/v1/pull', message({ after: -1, maxBytes: 9 }), bearer(station), 'malformed-message'],
      ['a position beyond all', '/sync/v1/snapshot', message({ at: 9_000_000_000_000_000, cursor: null, maxBytes: 9 }), bearer(station), 'malformed-message'],
      ['a cursor of its own', '/sync/v1/snapshot', message({ at: 0, cursor: "1' OR '1'='1", maxBytes: 9 }), bearer(station), 'malformed-message'],
      ['an unknown message', '/sync/v1/erase', message({}), bearer(station), 'not-found'],
      ['an unknown admin message', '/sync/v1/admin/erase', message({}), bearer(station), 'not-found'],
      ['a client from the future', '/sync/v1/hello', JSON.stringify(station.helloBody({ protocol: { major: 9, minor: 0 } })), {}, 'client-too-new'],
      ['a client from the past', '/sync/v1/hello', JSON.stringify(station.helloBody({ protocol: { ...protocolVersion, major: 0 } })), {}, 'client-too-old'],
      ['a key that is none', '/sync/v1/enrol', JSON.stringify({ protocol: protocolVersion, code: 'X', publicKey: 'AAAA', name: 'x', appVersion: '1' }), {}, 'malformed-message'],
    ];
    for (const [title, path, body, headers, code] of cases) {
      const answer = await post(server.address, path, body, headers).catch((error: unknown) => ({ status: 0, text: String(error), body: { error: { code: 'cut off' } } }));
      expect([title, answer.body.error?.code], answer.text).toEqual([title, code]);
      expect(answer.status).toBe(syncErrorStatus[code as keyof typeof syncErrorStatus]);
      expect(Object.keys(answer.body)).toEqual(['error']);
    }
    expect(logged.join()).not.toContain(secret);
    expect((await station.push(station.changeSet(patient()))).outcomes).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('keeps the largest change set that it refuses whole, and says of what it could not keep that it is too large', async () => {
    const server = await start();
    const station = await join(server);
    // Nothing but characters that both JSON and SQL write with two.
    const large = station.changeSet(patient({ gender: 'none', notes: '"'.repeat(3_500_000) }));
    expect((await station.push(large)).outcomes).toEqual([{ id: large.id, outcome: 'rejected', refusal: 'invalid-document' }]);
    const database = await openDatabase(opened!);
    const [held] = await database.rows<{ content: string }>('SELECT content FROM quarantine');
    expect(held!.content === JSON.stringify(large)).toBe(true);
    await database.close();
    const larger = await refusalCode(station.push(station.changeSet(patient({ gender: 'none', notes: '"'.repeat(5_000_000) }))));
    expect(larger).toBe(opened!.kind === 'sqlite' ? undefined : 'message-too-large');
    expect(await refusalCode(station.push(station.changeSet(patient({ notes: '"'.repeat(8_500_000) }))))).toBe('message-too-large');
  });

  it('takes and gives gzip and zstd', async () => {
    const server = await start();
    const station = await join(server);
    const text = JSON.stringify({ epoch: station.epoch, changeSets: [station.changeSet(...Array.from({ length: 20 }, () => patient()))] });
    for (const [encoding, packed] of [['gzip', gzipSync(text)], ['zstd', zstdCompressSync(text)]] as const) {
      const answer = await post(server.address, '/sync/v1/push', packed, { ...bearer(station), 'content-encoding': encoding });
      expect(answer.body).toMatchObject({ outcomes: [{ outcome: 'accepted' }] });
      const page = await post(server.address, '/sync/v1/snapshot', JSON.stringify({ epoch: station.epoch, at: null, cursor: null, maxBytes: 1_000_000 }), {
        ...bearer(station), 'accept-encoding': encoding,
      });
      expect([page.headers.get('content-encoding'), (page.body['documents'] as unknown[]).length]).toEqual([encoding, 20]);
    }
  });

  it('slows down who asks too often or guesses, and says for how long', async () => {
    const server = await start({ rateLimits: { perToken: 5, perAddress: 12, guessesPerAddress: 3 } });
    const station = await join(server);
    const pull = () => post(server.address, '/sync/v1/pull', JSON.stringify({ epoch: station.epoch, after: 0, maxBytes: 9 }), bearer(station));
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push(await pull());
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[5]!.body.error).toEqual({ code: 'too-many-requests', retryAfterSeconds: expect.any(Number) });
    expect(Number(answers[5]!.headers.get('retry-after'))).toBeGreaterThan(0);
    const guesses = [];
    for (let count = 0; count < 5; count += 1) guesses.push((await post(server.address, '/sync/v1/digests', '{}', { authorization: `Bearer ${v4()}` })).body.error!.code);
    expect(guesses).toEqual(['token-expired', 'token-expired', 'token-expired', 'too-many-requests', 'too-many-requests']);
  });

  it('hints at every commit, and ends the stream of a token that is no longer good', async () => {
    const server = await start();
    const first = await join(server);
    const { organisationId } = first.enrolment;
    const second = await join(server, organisationId);
    const admin = user();
    await first.push(first.changeSet(admin, site(first.enrolment.siteId)));
    const [stream, stranger] = [await listen(server, second.token), await listen(server, (await join(server)).token)];
    await first.push(first.changeSet(patient()));
    expect(await stream.head(2)).toMatchObject({ head: 2, epoch: first.epoch });
    expect(stranger.hints.map(({ head }) => head)).toEqual([0]);
    await administerAt(server.address, 'revoke', first.token, { actorId: admin.id, deviceId: second.enrolment.deviceId });
    await stream.ended;
    await expect(listen(server, second.token)).rejects.toMatchObject({ error: { code: 'token-expired' } });
    stranger.close();
  }, 30_000);

  it('says how it is to a load balancer and to Prometheus, and not to strangers', async () => {
    const server = await start();
    const station = await join(server);
    await station.pull();
    expect(await (await fetch(`${server.address}/health`)).json()).toEqual({ status: 'ok' });
    const metrics = await (await fetch(`${server.address}/metrics`)).text();
    expect(metrics).toMatch(/outpost_sync_message_seconds_count\{route="\/sync\/v1\/pull",status="200"\} 1/);
    expect((await fetch(`${server.address}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404);
    const guarded = await start({ metricsToken: 'collector' });
    expect((await fetch(`${guarded.address}/metrics`)).status).toBe(404);
    expect((await fetch(`${guarded.address}/metrics`, { headers: { authorization: 'Bearer collector' } })).status).toBe(200);
  });

  it('answers what is under way before it stops', async () => {
    const server = await start();
    const station = await join(server);
    const stream = await listen(server, station.token);
    const pushing = Promise.all(Array.from({ length: 10 }, () => station.push(station.changeSet(patient()))));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const stopping = servers.splice(0)[0]!.close();
    const answers = await pushing.catch((error: unknown) => error);
    await stopping;
    await stream.ended;
    // Those that had not arrived are told nothing and come again; none that arrived is cut off without an answer.
    if (Array.isArray(answers)) expect(answers.flatMap(({ outcomes }) => outcomes)).toHaveLength(10);
    await expect(fetch(`${server.address}/health`)).rejects.toThrow();
  });

  it('speaks TLS with a certificate that a workstation can pin', async () => {
    const certificate = makeCertificate({ hosts: ['127.0.0.1'], now: new Date() });
    const server = await start({ tls: certificate });
    expect([server.address.slice(0, 8), server.fingerprint]).toEqual(['https://', certificate.fingerprint]);
    const get = (ca?: string) =>
      new Promise<string>((resolve, reject) => {
        const request = https.get(`${server.address}/sync/v1/about`, { ca, agent: false }, (response) => void response.on('data', (chunk: Buffer) => resolve(chunk.toString())));
        request.on('error', reject);
      });
    expect(JSON.parse(await get(certificate.cert))).toEqual({ service: 'outpost-sync', protocol: protocolVersion });
    await expect(get()).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it('refuses each message that misses its shape', async () => {
    const server = await start();
    const station = await join(server);
    for (const name of Object.keys(messageSchemas)) {
      for (const body of ['{}', '[]', 'null', '"x"', '{"epoch":1}']) {
        const answer = await post(server.address, `/sync/v1/${name}`, body, bearer(station));
        expect([name, body, answer.status]).toEqual([name, body, 400]);
      }
    }
  });
});
