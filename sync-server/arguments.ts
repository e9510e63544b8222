import { parseArgs } from 'node:util';
import type { DatabaseOptions } from './database/index.ts';

export type Command =
  | { name: 'serve'; organisation: string }
  | { name: 'create-organisation'; organisation: string }
  | { name: 'create-code'; organisation: string; siteId?: string; mayAdminister: boolean }
  | { name: 'declare-restored' }
  | { name: 'follow'; server: string; code: string; fingerprint?: string; siteId?: string; organisation?: string }
  | { name: 'unfollow'; organisation?: string }
  | { name: 'help' };

export interface Settings {
  command: Command;
  database: DatabaseOptions;
  dataFolder: string;
  host: string;
  port: number;
  /** `own`: a certificate that it makes for itself, kept in the data folder. `none`: plain HTTP. */
  tls: 'own' | 'none' | { keyFile: string; certFile: string };
  trustProxy: boolean;
  metricsToken?: string;
  cloud: CloudSettings;
}

/** The real cloud that this server reads and changes; nothing of it unless it is named. */
export interface CloudSettings {
  ownHost: boolean;
  /** A file of hosts, see providers/index.ts. */
  libvirtFile?: string;
  cephConfiguration?: string;
  /** Where BullMQ has its queues. */
  redisUrl?: string;
  /** Name of the organisation that it belongs to; needed where a server has several. */
  resourcesOf?: string;
  /** Milliseconds; 0: only when asked. */
  observeEvery: number;
  sampleEvery: number;
  /** Threads for the server's own jobs. */
  workers: number;
}

export const usage = `Outpost sync server

  npm run sync-server                              serves; makes a clinic and prints an enrolment code the first time
  npm run sync-server -- create-organisation NAME  adds a clinic and prints its first enrolment code
  npm run sync-server -- create-code NAME          prints an enrolment code for another workstation of that clinic
                         [--site ID] [--administrator]
  npm run sync-server -- declare-restored          to be run once after the database was restored from a backup
  npm run sync-server -- follow --server https://ADDRESS:PORT --code CODE
                         [--fingerprint XX:XX:…] [--organisation NAME] [--site ID]
                                                   has this server (the hub of a clinic) follow another one (central), from
                                                   now on and after every start: what its workstations write goes there,
                                                   what others write comes here; cut off, it goes on by itself. CODE is an
                                                   enrolment code of central's; --fingerprint is the one that central prints
                                                   at its start, needed where it made its certificate itself. --organisation
                                                   chooses where this server has several. It serves one site: that of its
                                                   workstations, or --site before any has joined. May be run while it serves.
  npm run sync-server -- unfollow [--organisation NAME]
                                                   ends that; what has come stays, what was not sent is not sent

Settings (option, or variable of the environment):
  --data FOLDER         OUTPOST_DATA          where the embedded database and the certificate lie (./outpost-server)
  --database URL        DATABASE_URL          mysql://user:password@host:3306/outpost instead of the embedded database
  --host ADDRESS        HOST                  address to listen on (0.0.0.0)
  --port NUMBER         PORT                  (8443)
  --tls own|none        OUTPOST_TLS           own: a certificate of its own, workstations compare its fingerprint;
                                              none: plain HTTP, behind a proxy that ends TLS (own)
  --tls-key FILE --tls-cert FILE              a certificate that you have
  --trust-proxy         OUTPOST_TRUST_PROXY=1 take clients' addresses from X-Forwarded-For
  --organisation NAME   OUTPOST_ORGANISATION  name of the clinic that is made the first time
                        METRICS_TOKEN         lets a collector on another machine read /metrics

The cloud that admins see and change in Outpost (nothing unless named here):
  --own-host            OUTPOST_OWN_HOST=1    this machine, its file systems and its database
  --libvirt FILE        OUTPOST_LIBVIRT       hosts of libvirt, through virsh: a line each, NAME URI
  --ceph FILE           OUTPOST_CEPH          a Ceph cluster, through ceph: its ceph.conf
  --redis URL           REDIS_URL             queues of BullMQ: redis://user:password@host:6379/0
  --resources-of NAME   OUTPOST_RESOURCES_OF  the clinic it belongs to, where the server has several
  --observe-every SECONDS                     how often it is read into the inventory (300; 0: when asked)
  --sample-every SECONDS                      how often usage is measured (60; 0: never)
  --workers NUMBER      OUTPOST_WORKERS       threads for the server's own jobs (1)`;

const options = {
  data: { type: 'string' }, database: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' }, tls: { type: 'string' }, 'tls-key': { type: 'string' },
  'tls-cert': { type: 'string' }, 'trust-proxy': { type: 'boolean' }, organisation: { type: 'string' }, site: { type: 'string' }, server: { type: 'string' }, code: { type: 'string' }, fingerprint: { type: 'string' }, administrator: { type: 'boolean' },
  help: { type: 'boolean' }, 'own-host': { type: 'boolean' }, libvirt: { type: 'string' }, ceph: { type: 'string' }, redis: { type: 'string' }, 'resources-of': { type: 'string' },
  'observe-every': { type: 'string' }, 'sample-every': { type: 'string' }, workers: { type: 'string' },
} as const;

/** Reads the command line and the environment; throws a TypeError whose message an operator can act on. */
export function readSettings(commandLine: string[], environment: Record<string, string | undefined>): Settings {
  const { values, positionals } = parseArgs({ args: commandLine, options, allowPositionals: true });
  const dataFolder = values.data ?? environment['OUTPOST_DATA'] ?? 'outpost-server';
  const metricsToken = environment['METRICS_TOKEN'];
  return {
    command: values.help === true ? { name: 'help' } : readCommand(positionals, values, environment),
    database: readDatabase(values.database ?? environment['DATABASE_URL'], dataFolder),
    dataFolder,
    host: values.host ?? environment['HOST'] ?? '0.0.0.0',
    port: readPort(values.port ?? environment['PORT'] ?? '8443'),
    tls: readTls(values['tls-key'], values['tls-cert'], values.tls ?? environment['OUTPOST_TLS'] ?? 'own'),
    trustProxy: values['trust-proxy'] ?? environment['OUTPOST_TRUST_PROXY'] === '1',
    ...(metricsToken !== undefined && metricsToken !== '' && { metricsToken }),
    cloud: readCloud(values, environment),
  };
}

function readCloud(values: Record<string, string | boolean | undefined>, environment: Record<string, string | undefined>): CloudSettings {
  const text = (option: string, variable: string) => {
    const value = values[option] ?? environment[variable];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [libvirtFile, cephConfiguration, resourcesOf] = [text('libvirt', 'OUTPOST_LIBVIRT'), text('ceph', 'OUTPOST_CEPH'), text('resources-of', 'OUTPOST_RESOURCES_OF')];
  const redisUrl = readRedis(text('redis', 'REDIS_URL'));
  return {
    ownHost: values['own-host'] === true || environment['OUTPOST_OWN_HOST'] === '1',
    ...(libvirtFile !== undefined && { libvirtFile }), ...(cephConfiguration !== undefined && { cephConfiguration }), ...(redisUrl !== undefined && { redisUrl }), ...(resourcesOf !== undefined && { resourcesOf }),
    observeEvery: 1000 * readCount('--observe-every', values['observe-every'] ?? '300', 86_400),
    sampleEvery: 1000 * readCount('--sample-every', values['sample-every'] ?? '60', 86_400),
    workers: readCount('--workers', text('workers', 'OUTPOST_WORKERS') ?? '1', 64),
  };
}

function readRedis(url: string | undefined): string | undefined {
  if (url !== undefined && !/^rediss?:\/\/\S+$/.test(url)) throw new TypeError('REDIS_URL looks like redis://user:password@host:6379/0');
  return url;
}

function readCount(option: string, text: string | boolean, greatest: number): number {
  const count = Number(text);
  if (typeof text !== 'string' || !/^\d{1,6}$/.test(text) || count > greatest) throw new TypeError(`${option} takes a number up to ${greatest}, not ${text}`);
  return count;
}

interface CommandValues {
  organisation?: string | undefined;
  site?: string | undefined;
  administrator?: boolean | undefined;
  server?: string | undefined;
  code?: string | undefined;
  fingerprint?: string | undefined;
}

function readCommand([name = 'serve', argument]: string[], values: CommandValues, environment: Record<string, string | undefined>): Command {
  switch (name) {
    case 'serve':
      return { name, organisation: values.organisation ?? environment['OUTPOST_ORGANISATION'] ?? 'Outpost' };
    case 'create-organisation':
      return { name, organisation: required(argument, 'create-organisation needs a name') };
    case 'create-code':
      return {
        name, organisation: required(argument, 'create-code needs the name of the clinic'), mayAdminister: values.administrator === true,
        ...(values.site !== undefined && { siteId: values.site }),
      };
    case 'declare-restored':
      return { name };
    case 'follow':
      return {
        name, server: required(values.server, 'follow needs --server, such as https://central.example.org:8443'), code: required(values.code, 'follow needs --code, an enrolment code of that server'),
        ...(values.fingerprint !== undefined && { fingerprint: values.fingerprint.toUpperCase() }), ...(values.site !== undefined && { siteId: values.site }),
        ...(values.organisation !== undefined && { organisation: values.organisation }),
      };
    case 'unfollow':
      return { name, ...(values.organisation !== undefined && { organisation: values.organisation }) };
    default:
      throw new TypeError(`Unknown command: ${name}`);
  }
}

function required(value: string | undefined, sentence: string): string {
  if (value === undefined || value.trim() === '') throw new TypeError(sentence);
  return value.trim();
}

function readDatabase(url: string | undefined, dataFolder: string): DatabaseOptions {
  if (url === undefined || url === '') return { kind: 'sqlite', path: `${dataFolder}/outpost-server.db` };
  if (!/^mysql:\/\/\S+\/\S+$/.test(url)) throw new TypeError('DATABASE_URL looks like mysql://user:password@host:3306/database');
  return { kind: 'mysql', url };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new TypeError(`Not a port: ${text}`);
  return port;
}

function readTls(keyFile: string | undefined, certFile: string | undefined, mode: string): Settings['tls'] {
  if ((keyFile === undefined) !== (certFile === undefined)) throw new TypeError('--tls-key and --tls-cert belong together');
  if (keyFile !== undefined && certFile !== undefined) return { keyFile, certFile };
  if (mode !== 'own' && mode !== 'none') throw new TypeError(`--tls is own or none, not ${mode}`);
  return mode;
}
