import type { AddressInfo } from 'node:net';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import Fastify, { type FastifyInstance } from 'fastify';
import { openDatabase, type DatabaseOptions, type ServerDatabase } from '../database/index.ts';
import { createService, type ServiceOptions, type SyncService } from '../service/index.ts';
import { addAdminRoutes } from './admin-routes.ts';
import { fingerprintOf } from './certificate.ts';
import { addErrorAnswers } from './errors.ts';
import { addFhirRoutes } from './fhir-routes.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addHintRoute } from './hint-route.ts';
import { noLog, type ServerLog } from './log.ts';
import { addMetrics } from './metrics.ts';
import { addRateLimits, type RateLimits } from './rate-limits.ts';
import { addRxdbRoutes } from './rxdb-routes.ts';
import { addSyncRoutes } from './sync-routes.ts';

export interface ServerOptions extends ServiceOptions {
  database: DatabaseOptions;
  host: string;
  /** 0: any free one. */
  port: number;
  /** PEM. Without it the server speaks plain HTTP: behind a proxy that ends TLS, or on one machine. */
  tls?: { key: string; cert: string } | undefined;
  /** Take a client's address from X-Forwarded-For. Only behind a proxy that sets it. */
  trustProxy?: boolean;
  log?: ServerLog;
  /** Of the program, as it tells a server that it follows. */
  appVersion?: string;
  rateLimits?: Partial<RateLimits>;
  /** Lets a collector on another machine read /metrics. Without it, only this machine may. */
  metricsToken?: string | undefined;
}

export interface RunningServer {
  port: number;
  address: string;
  /** SHA-256 of the certificate, for people to compare. */
  fingerprint?: string;
  service: SyncService;
  /** Answers what is under way, and then ends. */
  close(): Promise<void>;
}

/** Bytes of one message after decompression. A change set is never split, so this bounds one change set too. */
const largestBody = 16 * 1024 * 1024;
/** What is refused is kept whole in one statement, in which quotes and backslashes take two bytes. */
const bodyLimitFor = ({ statementBytes }: ServerDatabase) => Math.min(largestBody, Math.floor(statementBytes / 2.2));

/** Starts a server on a database of its own or on one that others serve too. A hub embeds it in the program beside it. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const database = await openDatabase(options.database);
  try {
    return await serve(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Of gzip and of zstd, which goes by another name: pages of documents come out smaller at its first level than at the third, which is its own, in half the time. */
const compression = { level: 1, params: { [constants.ZSTD_c_compressionLevel]: 1 } };

async function serve(database: ServerDatabase, options: ServerOptions): Promise<RunningServer> {
  const service = createService(database, options);
  await service.endSessions();
  const server = createHttpServer(options, bodyLimitFor(database));
  const log = options.log ?? noLog;
  const isGuessing = await addRateLimits(server, options.rateLimits);
  addErrorAnswers(server, log, isGuessing);

  await server.register(compress, { threshold: 1024, encodings: ['zstd', 'gzip'], requestEncodings: ['zstd', 'gzip'], zlibOptions: compression, global: true });
  addMetrics(server, options.metricsToken, service.following);
  addHealthRoutes(server, database, service.following);
  addSyncRoutes(server, service);
  addAdminRoutes(server, service);
  addRxdbRoutes(server, service);
  addFhirRoutes(server, service);
  addHintRoute(server, service);
  try {
    await server.listen({ host: options.host, port: options.port });
  } catch (error) {
    await service.close();
    throw error;
  }
  const { port } = server.server.address() as AddressInfo;
  service.following.begin({ appVersion: options.appVersion ?? '', onBug: (error) => log.error('following-broke', error) });
  log.event('server-started', { port });
  return {
    port, service, address: `${options.tls ? 'https' : 'http'}://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    ...(options.tls && { fingerprint: fingerprintOf(options.tls.cert) }),
    async close() {
      // Ends the streams of hints first: they would hold the connections open for ever.
      await service.close();
      await stopped(server);
      await database.close();
      log.event('server-stopped');
    },
  };
}

/** A connection that was busy at the first moment falls idle later, and its client would keep it open for a minute. */
async function stopped(server: FastifyInstance): Promise<void> {
  const closing = setInterval(() => server.server.closeIdleConnections(), 50);
  const giveUp = setTimeout(() => server.server.closeAllConnections(), 20_000);
  await server.close().finally(() => {
    clearInterval(closing);
    clearTimeout(giveUp);
  });
}

const createHttpServer = ({ tls, trustProxy = false }: ServerOptions, bodyLimit: number): FastifyInstance =>
  Fastify({
    bodyLimit,
    trustProxy,
    forceCloseConnections: 'idle',
    // The largest message over a line of 64 kbit/s takes half an hour; whoever trickles bytes longer is cut off.
    requestTimeout: 40 * 60_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 60 },
    ...(tls && { https: { key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' } }),
  }) as unknown as FastifyInstance;
