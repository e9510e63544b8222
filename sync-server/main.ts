import { mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { readSettings, usage, type Command, type Settings } from './arguments.ts';
import { DatabaseFromTheFuture } from './database/migrate.ts';
import { openDatabase } from './database/index.ts';
import { readOrMakeCertificate } from './http/certificate-file.ts';
import { startServer } from './http/index.ts';
import { jsonLog } from './http/log.ts';
import { whyNotFollowed } from './follow-sentences.ts';
import { startWorkers } from './jobs/workers.ts';
import { readProviders } from './providers/index.ts';
import { createService, type Organisation, type SyncService } from './service/index.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const settings = read();
const { version: appVersion } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
const log = jsonLog((line) => void process.stderr.write(line), () => new Date());

// Node would print the error's message, in which a database may quote what somebody typed.
process.on('uncaughtException', (error) => {
  log.error('server-crashed', error);
  end('The server stopped unexpectedly; the log says where. Everything that was acknowledged is in the database.');
});

try {
  mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 });
  await run(settings);
} catch (error) {
  if (error instanceof DatabaseFromTheFuture) end(error.message);
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') end(`Port ${settings.port} is taken; choose another with --port`);
  log.error('server-not-started', error);
  end('The server could not be started; the log above says where it failed. Is the database reachable, and the data folder writable?');
}

async function run({ command, ...rest }: Settings): Promise<void> {
  if (command.name === 'help') return say(usage);
  if (command.name === 'serve') return serve(rest, command.organisation);
  const database = await openDatabase(rest.database);
  const service = createService(database, { pollMilliseconds: 0 });
  try {
    if (command.name === 'create-organisation') say(await firstCode(service, (await service.createOrganisation(command.organisation)).organisationId, command.organisation));
    if (command.name === 'create-code') await printCode(service, command);
    if (command.name === 'follow') await follow(service, command);
    if (command.name === 'unfollow') {
      await service.following.leave((await findOrganisation(service, command.organisation)).organisationId);
      say('Done. This server goes on alone.');
    }
    if (command.name === 'declare-restored') {
      await service.renewEpoch();
      say('Done. Workstations will bring back what this database lacks.');
    }
  } finally {
    await database.close();
  }
}

async function serve({ tls, dataFolder, cloud, ...rest }: Omit<Settings, 'command'>, organisation: string): Promise<void> {
  const pair = tls === 'none' ? undefined : readOrMakeCertificate(dataFolder, tls, [hostname(), 'localhost', rest.host]);
  const providers = orEnd(() => readProviders(cloud));
  const server = await startServer({
    ...rest, log, tls: pair, appVersion, providers, resourcesOf: cloud.resourcesOf, rhythm: cloud, ...(cloud.workers > 0 && { workers: startWorkers(cloud.workers) }),
  });
  const lines = [`Outpost sync server: ${server.address}`];
  if (server.fingerprint !== undefined) lines.push(`Fingerprint to compare on each workstation: ${server.fingerprint}`);
  if ((await server.service.organisations()).length === 0) {
    const { organisationId } = await server.service.createOrganisation(organisation);
    lines.push(await firstCode(server.service, organisationId, organisation));
  }
  const stop = () => void server.close().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  // At once and last: what starts this server and reads its address has the code with it, and may end it from then on.
  say(lines.join('\n'));
}

async function firstCode(service: SyncService, organisationId: string, name: string): Promise<string> {
  const { code, expiresAt } = await service.createCode({ organisationId });
  return `Enrolment code for the first workstation of ${name}, good until ${expiresAt}: ${code}`;
}

async function printCode(service: SyncService, wanted: { organisation: string; siteId?: string; mayAdminister: boolean }): Promise<void> {
  const { organisationId } = await findOrganisation(service, wanted.organisation);
  const { code, expiresAt } = await service.createCode({ ...wanted, organisationId });
  return say(`Enrolment code, good until ${expiresAt}: ${code}`);
}

/** The one of a name; without a name the only one that there is. */
async function findOrganisation(service: SyncService, name: string | undefined): Promise<Organisation> {
  const found = (await service.organisations()).filter((one) => name === undefined || one.name === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (name === undefined) return end(found.length === 0 ? 'There is no clinic yet: start the server once, or run create-organisation' : 'There are several clinics: choose one with --organisation');
  return end(found.length === 0 ? `No clinic is named ${name}` : 'More than one clinic has this name');
}

async function follow(service: SyncService, { server, ...wanted }: Extract<Command, { name: 'follow' }>): Promise<void> {
  const { organisationId } = await findOrganisation(service, wanted.organisation);
  try {
    await service.following.follow(organisationId, { ...wanted, address: server, name: hostname().slice(0, 200) || 'hub', appVersion });
  } catch (error) {
    return end(whyNotFollowed(error));
  }
  const facts = await service.following.facts(organisationId);
  return say(`This server follows ${facts?.organisationName ?? ''} at ${server} from now on. A server that runs begins within seconds; /health says how far it is.`);
}

function read(): Settings {
  return orEnd(() => readSettings(process.argv.slice(2), process.env), `\n\n${usage}`);
}

/** What an operator wrote wrongly is answered with a sentence. */
function orEnd<Value>(reading: () => Value, more = ''): Value {
  try {
    return reading();
  } catch (error) {
    return end(`${error instanceof Error ? error.message : String(error)}${more}`);
  }
}

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
