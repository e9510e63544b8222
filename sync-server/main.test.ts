import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sendTo } from './testing/http.ts';
import { startProcess } from './testing/process.ts';
import { patient, TestWorkstation } from './testing/workstation.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const codePattern = /: ([0-9A-Z]{5}(?:-[0-9A-Z]{5}){3})$/m;

function run(folder: string, ...commandLine: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--data', folder, ...commandLine], { encoding: 'utf8', timeout: 50_000 });
  return { status, stdout, stderr, code: codePattern.exec(stdout)?.[1] };
}

describe('the server as its operator meets it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sync-server-'));

  it('makes a clinic the first time, codes on demand, and a new epoch after a restore', async () => {
    const first = await startProcess(undefined, ['--data', folder, '--organisation', '城东诊所']);
    const station = await TestWorkstation.enrol(sendTo(() => first.address), first.code ?? '');
    expect(station.enrolment.organisationName).toBe('城东诊所');
    await station.hello();
    await station.push(station.changeSet(patient()));
    expect(await first.kill('SIGTERM')).toBe(0);

    const asked = run(folder, 'create-code', '城东诊所', '--site', station.enrolment.siteId);
    expect(asked.code).toBeDefined();
    expect(run(folder, 'create-organisation', '城西诊所').code).toBeDefined();
    expect(run(folder, 'create-code', '城南诊所')).toMatchObject({ status: 1, stdout: '', stderr: 'No clinic is named 城南诊所\n' });
    expect(run(folder, 'declare-restored').status).toBe(0);

    const second = await startProcess(undefined, ['--data', folder]);
    expect(second.code).toBeUndefined();
    const send = sendTo(() => second.address);
    station.send = send;
    const before = station.epoch;
    expect(await station.hello()).toMatchObject({ head: 1, sharedPosition: 1 });
    expect(station.epoch).not.toBe(before);
    expect((await TestWorkstation.enrol(send, asked.code as string)).enrolment.siteId).toBe(station.enrolment.siteId);
    expect(await second.kill('SIGTERM')).toBe(0);
  });

  it('says in a sentence what keeps it from starting', () => {
    expect(run(folder, '--port', 'x')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^Not a port: x\n/) as string });
    const unreachable = run(folder, '--database', 'mysql://root:secret@127.0.0.1:1/outpost');
    expect(unreachable.status).toBe(1);
    expect(unreachable.stderr).toContain('Is the database reachable');
    expect(unreachable.stderr).not.toContain('secret');
  });

  it('keeps its key to itself', async () => {
    const own = mkdtempSync(join(tmpdir(), 'sync-server-'));
    const server = await startProcess(undefined, ['--data', own, '--tls', 'own']);
    expect(server.address).toMatch(/^https:/);
    await server.kill('SIGTERM');
    expect(existsSync(join(own, 'tls-cert.pem'))).toBe(true);
    if (process.platform !== 'win32') expect(statSync(join(own, 'tls-key.pem')).mode & 0o077).toBe(0);
  });
});
