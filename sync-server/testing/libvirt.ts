import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LibvirtHost } from '../providers/libvirt/connection.ts';

export const hasVirsh = spawnSync('virsh', ['--version']).status === 0;
if (!hasVirsh) writeSync(2, 'virsh (libvirt-clients) is not installed: what is done through libvirt is not tested\n');

export interface TestHost {
  name: string;
  processors: number;
  /** MiB. */
  memory: number;
  machines: TestMachine[];
}
export interface TestMachine {
  name: string;
  uuid: string;
  processors: number;
  /** MiB. */
  memory: number;
}

/** Hosts of libvirt's test driver, each in a file of its own that a `virsh` opens as a host without a daemon. */
export function writeTestHosts(hosts: readonly TestHost[]): LibvirtHost[] {
  const folder = mkdtempSync(join(tmpdir(), 'libvirt-'));
  return hosts.map((host, index) => {
    const path = join(folder, `host-${index}.xml`);
    writeFileSync(path, nodeXml(host));
    return { name: host.name, uri: `test://${path}` };
  });
}

const nodeXml = ({ processors, memory, machines }: TestHost) => `<node>
  <cpu><mhz>2400</mhz><model>x86_64</model><active>${processors}</active><nodes>1</nodes><sockets>1</sockets><cores>${processors / 2}</cores><threads>2</threads></cpu>
  <memory>${memory * 1024}</memory>
  <pool type="dir"><name>images</name><uuid>${uuidOf(0)}</uuid><capacity>1099511627776</capacity><allocation>0</allocation><target><path>/images</path></target></pool>
  ${machines.map(domainXml).join('\n  ')}
</node>`;

const domainXml = ({ name, uuid, processors, memory }: TestMachine) =>
  `<domain type="test"><name>${name}</name><uuid>${uuid}</uuid><memory unit="KiB">${memory * 1024}</memory><vcpu>${processors}</vcpu><os><type>hvm</type></os></domain>`;

export const uuidOf = (number: number) => `5d7a1c00-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const machineOf = (number: number): TestMachine => ({ name: `machine-${number}`, uuid: uuidOf(number), processors: 2, memory: 2048 });

/**
 * A `virsh` that misbehaves at chosen commands and is the real one otherwise: `pattern` is looked for in each line of its input,
 * `then` is what the shell does there (`exit 1` ends it, `sleep 60` hangs, `line=…` says something else). With `only`, at the host of that number.
 */
export function writeBadVirsh(pattern: string, then: string, only?: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'bad-virsh-')), 'virsh');
  writeFileSync(path, `#!/bin/bash\n[[ $* == *${only === undefined ? '' : `host-${only}`}* ]] || exec virsh "$@"\nwhile IFS= read -r line; do\n  if [[ $line == *${pattern}* ]]; then ${then}; fi\n  printf '%s\\n' "$line"\ndone | virsh "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A `virsh` in a folder of its own that lets others ask it too: what the test driver holds is seen by no other process. */
export interface SharedVirsh {
  folder: string;
  program: string;
  /** What `virsh` itself says of a host to a command, in its own words. It must be running. */
  ask(host: LibvirtHost, command: string): Promise<string>;
}

export function writeSharedVirsh(): SharedVirsh {
  const folder = mkdtempSync(join(tmpdir(), 'shared-virsh-'));
  const program = join(folder, 'virsh');
  const real = spawnSync('which', ['virsh'], { encoding: 'utf8' }).stdout.trim();
  writeFileSync(program, `#!/bin/bash\nat='${folder}'/$(basename "\${@: -1}")\n[[ -p $at.ask ]] || mkfifo "$at.ask"\nexec 3<>"$at.ask"\n{ cat <&3 & cat; kill $!; } | '${real}' "$@" | tee -a "$at.said"\n`);
  chmodSync(program, 0o755);
  let questions = 0;
  return {
    folder,
    program,
    async ask(host, command) {
      const at = join(folder, basename(host.uri));
      const mark = `asked-${(questions += 1)}-`;
      appendFileSync(`${at}.ask`, `echo '${mark}'begin; ${command}; echo '${mark}'end\n`);
      for (let tries = 0; tries < 400; tries += 1) {
        const said = existsSync(`${at}.said`) ? readFileSync(`${at}.said`, 'utf8') : '';
        const [begin, end] = [said.indexOf(`${mark}begin`), said.indexOf(`${mark}end`)];
        if (end >= 0) return said.slice(begin + `${mark}begin`.length, end).trim();
        await pause(25);
      }
      throw new Error(`virsh did not answer: ${command}`);
    },
  };
}
