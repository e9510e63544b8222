import { X509Certificate } from 'node:crypto';
import { Agent as PlainAgent, request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent, request } from 'node:https';
import type { PeerCertificate } from 'node:tls';
import { constants, gunzipSync, zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { SyncFailure } from '../../shared/contract/sync.ts';
import { syncErrorStatus, type SyncErrorCode } from '../../shared/sync/protocol.ts';

/** Where a server is and how it is known again. */
export interface ServerAddress {
  /** Such as `https://192.168.1.20:8443`. */
  address: string;
  /** The certificate that a person compared, PEM; undefined for one that an authority vouches for. */
  certificate?: string | undefined;
}

/** A message that was not answered as it should be. Carries a code and no content. */
export class LinkError extends Error {
  readonly failure: SyncFailure;
  readonly retryAfterSeconds: number | undefined;

  constructor(failure: SyncFailure, retryAfterSeconds?: number) {
    super(failure);
    this.failure = failure;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface Answered {
  value: unknown;
  /** As JSON, before compression. */
  bytes: number;
  /** The same of what was sent. */
  sentBytes: number;
}

/** How a message is answered, where that is out of the ordinary. */
interface Answering {
  /** Milliseconds without a byte after which an answer is no longer waited for. */
  silenceAllowed?: number;
  read?: (text: Buffer) => unknown;
}
const silenceAllowedAnyway = 30_000;
/** Far more than the largest page, or change set, that a server tells. */
const answerLimit = 64 * 1024 * 1024;
/** Shorter messages grow by compression, or gain less than it costs. */
const worthCompressing = 1024;
/** Less is done sooner than another thread has begun with it. */
const shortWork = 32 * 1024;
/** Change sets come out smaller at the first level than at the next eight, and than with gzip. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const compressLater = promisify(zstdCompress);
const decompress = { gzip: gunzipSync, zstd: zstdDecompressSync };
/** As much as a page of documents: what does not fit is put together from parts, and copied for it. */
const unpackedAtOnce = 6 * 1024 * 1024;

const errorSchema = z.object({
  error: z.object({ code: z.enum(Object.keys(syncErrorStatus) as [SyncErrorCode]), retryAfterSeconds: z.number().min(0).max(86_400).optional() }),
});

/** The connection to one server: kept open between messages, and given up where the certificate is not the pinned one. */
export class ServerLink {
  private readonly base: URL;
  private readonly agent: Agent | PlainAgent;

  constructor({ address, certificate }: ServerAddress) {
    this.base = new URL(address);
    this.agent = this.base.protocol === 'https:' ? new Agent({ keepAlive: true, ...pinnedTo(certificate) }) : new PlainAgent({ keepAlive: true });
  }

  /** Sends one message under `/sync/v1/` and answers its JSON, as `read` reads it. Throws {@link LinkError}; an abort throws the signal's reason. */
  async post(path: string, token: string | undefined, body: unknown, signal: AbortSignal, { read = readJson, silenceAllowed }: Answering = {}): Promise<Answered> {
    const json = Buffer.from(JSON.stringify(body));
    const small = json.length < worthCompressing;
    const sent = small ? json : json.length < shortWork ? zstdCompressSync(json, compression) : await compressLater(json, compression);
    const headers = { 'content-type': 'application/json', 'content-length': sent.length, 'accept-encoding': 'zstd, gzip', ...authorised(token) };
    const response = await this.send(path, { method: 'POST', headers: small ? headers : { ...headers, 'content-encoding': 'zstd' } }, sent, signal, silenceAllowed);
    return { ...(await readAnswer(response, signal, read)), sentBytes: json.length };
  }

  /** What a server says of itself to anybody. */
  async get(path: string, signal: AbortSignal): Promise<unknown> {
    const response = await this.send(path, { method: 'GET', headers: {} }, undefined, signal);
    return (await readAnswer(response, signal)).value;
  }

  /** An open stream of server-sent events. Throws {@link LinkError} where it is refused. */
  async open(path: string, token: string, signal: AbortSignal): Promise<IncomingMessage> {
    const response = await this.send(path, { method: 'GET', headers: { accept: 'text/event-stream', ...authorised(token) } }, undefined, signal);
    if (response.statusCode !== 200) await readAnswer(response, signal);
    return response;
  }

  close(): void {
    this.agent.destroy();
  }

  private send(path: string, options: RequestOptions, body: Buffer | undefined, signal: AbortSignal, timeout = silenceAllowedAnyway): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const start = this.base.protocol === 'https:' ? request : plainRequest;
      const sending = start(new URL(`/sync/v1/${path}`, this.base), { ...options, agent: this.agent, signal, timeout }, resolve);
      sending.on('timeout', () => sending.destroy(new LinkError('timed-out')));
      sending.on('error', (error) => reject(signal.aborted ? (signal.reason as Error) : toLinkError(error)));
      sending.end(body);
    });
  }
}

const authorised = (token: string | undefined) => (token === undefined ? {} : { authorization: `Bearer ${token}` });

/**
 * Trusts the one certificate and no authority. That certificate is the name of the server, whatever address it is reached
 * under; anything else ends the handshake before a byte of a message is sent.
 */
function pinnedTo(certificate: string | undefined) {
  if (certificate === undefined) return {};
  const { raw } = new X509Certificate(certificate);
  return {
    ca: [certificate],
    checkServerIdentity: (_host: string, peer: PeerCertificate) => (raw.equals(peer.raw) ? undefined : new LinkError('wrong-certificate')),
  };
}

const certificateErrors = /^(ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_SSL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

function toLinkError(error: Error & { code?: string }): LinkError {
  if (error instanceof LinkError) return error;
  return new LinkError(certificateErrors.test(error.code ?? '') ? 'wrong-certificate' : 'unreachable');
}

async function readAnswer(response: IncomingMessage, signal: AbortSignal, read = readJson): Promise<Omit<Answered, 'sentBytes'>> {
  const text = await readBody(response, signal);
  const value = parsed(text, read);
  if (response.statusCode === 200 && value !== undefined) return { value, bytes: text.length };
  const refusal = errorSchema.safeParse(value);
  // A proxy in between answers errors of its own.
  if (!refusal.success) throw new LinkError((response.statusCode ?? 0) >= 500 ? 'unreachable' : 'answer-not-understood');
  throw new LinkError(refusal.data.error.code, refusal.data.error.retryAfterSeconds);
}

const readJson = (text: Buffer): unknown => JSON.parse(text.toString('utf8')) as unknown;

function parsed(text: Buffer, read: (text: Buffer) => unknown): unknown {
  try {
    return read(text);
  } catch {
    return undefined;
  }
}

async function readBody(response: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > answerLimit) throw new LinkError('answer-not-understood');
      parts.push(part);
    }
    return decoded(Buffer.concat(parts), response.headers['content-encoding']);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw toLinkError(error as Error);
  } finally {
    response.destroy();
  }
}

/**
 * At once: a page takes a few milliseconds. Another thread would hand it over in parts of 16 kB, each of which waits for this one, and this
 * one is busy with the page before.
 */
function decoded(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip' && encoding !== 'zstd') throw new LinkError('answer-not-understood');
  try {
    // A small answer that unpacks without end would take the memory of everything else.
    return decompress[encoding](body, { maxOutputLength: answerLimit, chunkSize: Math.max(1024, Math.min(unpackedAtOnce, 16 * body.length)) });
  } catch {
    throw new LinkError('answer-not-understood');
  }
}
