import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

const programs = ['ceph', 'ceph-mon', 'ceph-mgr', 'ceph-osd'];
export const hasCeph = programs.every((program) => spawnSync(program, ['--version']).status === 0);
if (!hasCeph) writeSync(2, 'Ceph (ceph-mon ceph-mgr ceph-osd ceph-common) is not installed: what is done through it is not tested\n');

/** A cluster of one monitor, one manager and one OSD in memory, on loopback and without keys. Ready in about 6 seconds. */
export async function startCeph(): Promise<{ configuration: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'ceph-'));
  const data = (name: string) => join(folder, name);
  for (const name of ['mon', 'mgr', 'osd']) mkdirSync(data(name));
  const [configuration, cluster, osd] = [data('ceph.conf'), randomUUID(), randomUUID()];
  writeFileSync(configuration, settings(folder, cluster, await freePort()));
  const once0 = (program: string, ...words: string[]) => {
    const { status, stderr } = spawnSync(program, ['-c', configuration, ...words], { encoding: 'utf8', timeout: 30_000 });
    if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr}`);
  };
  const children: ChildProcess[] = [];
  const start = (program: string, ...words: string[]) => {
    const child = spawn(program, ['-c', configuration, '-f', ...words], { stdio: 'ignore' });
    children.push(child);
    process.once('exit', () => child.kill('SIGKILL'));
  };
  const stop = async () => {
    // An OSD may not heed a polite word.
    await Promise.all(children.map((child) => (child.kill('SIGKILL'), child.exitCode ?? child.signalCode ?? once(child, 'exit'))));
  };
  try {
    once0('ceph-mon', '--mkfs', '-i', 'a', '--mon-data', data('mon'), '--fsid', cluster);
    start('ceph-mon', '-i', 'a', '--mon-data', data('mon'));
    once0('ceph', 'osd', 'new', osd);
    start('ceph-mgr', '-i', 'a', '--mgr-data', data('mgr'));
    once0('ceph-osd', '-i', '0', '--osd-data', data('osd'), '--mkfs', '--osd-uuid', osd);
    start('ceph-osd', '-i', '0', '--osd-data', data('osd'));
    await ready(configuration);
    return { configuration, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const settings = (folder: string, cluster: string, port: number) => `[global]
fsid = ${cluster}
mon host = [v2:127.0.0.1:${port}/0]
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = ${folder}
admin socket = ${folder}/$name.asok
log file = ${folder}/$name.log
[mon.a]
public addr = v2:127.0.0.1:${port}/0
`;

async function ready(configuration: string): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const { stdout } = spawnSync('ceph', ['-c', configuration, '--connect-timeout', '5', '--format', 'json', 'status'], { encoding: 'utf8', timeout: 10_000 });
    if (/"num_up_osds":1\b/.test(stdout) && /"available":true/.test(stdout)) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The cluster does not come up');
}
