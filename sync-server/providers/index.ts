import { readFileSync } from 'node:fs';
import type { CloudSettings } from '../arguments.ts';
import type { ServerDatabase } from '../database/index.ts';
import { bullmqProvider } from './bullmq/index.ts';
import { cephProvider } from './ceph/index.ts';
import { guarded } from './guard.ts';
import { hostProvider } from './host/index.ts';
import type { LibvirtHost } from './libvirt/connection.ts';
import { libvirtProvider } from './libvirt/index.ts';
import type { Provider } from './provider.ts';

/** What of the cloud the settings name; throws a TypeError whose message an operator can act on. */
export function readProviders({ ownHost, libvirtFile, cephConfiguration, redisUrl }: CloudSettings): (database: ServerDatabase) => Provider[] {
  const hosts = libvirtFile === undefined ? undefined : readHosts(readText(libvirtFile));
  return (database) =>
    [
      ownHost ? hostProvider(database) : undefined,
      hosts && libvirtProvider(hosts),
      cephConfiguration === undefined ? undefined : cephProvider(cephConfiguration),
      redisUrl === undefined ? undefined : bullmqProvider(redisUrl),
    ].flatMap((provider) => (provider === undefined ? [] : [guarded(provider)]));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new TypeError(`Cannot read the hosts of libvirt from ${path}`);
  }
}

/** A host a line: its name, and libvirt's URI of it. */
export function readHosts(text: string): LibvirtHost[] {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const hosts = lines.map((line) => {
    const match = /^(\S.{0,198}?)\s+([a-z][\w+.-]*:\/\/\S*)$/i.exec(line);
    if (match === null) throw new TypeError(`Not a name and a URI of libvirt: ${line}`);
    return { name: match[1] as string, uri: match[2] as string };
  });
  const twice = hosts.find(({ name }, index) => hosts.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw new TypeError(`Two hosts of libvirt have the name ${twice.name}`);
  return hosts;
}
