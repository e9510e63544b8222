import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Requests a minute. */
export interface RateLimits {
  /** Of one token: a workstation at work sends a few a second, one that takes its first snapshot a few dozen. */
  perToken: number;
  /** Of one address without a token: hellos of a whole clinic behind one router. */
  perAddress: number;
  /** Of one address with a token, a code or a signature that is not good. */
  guessesPerAddress: number;
}

const defaults: RateLimits = { perToken: 6000, perAddress: 3000, guessesPerAddress: 600 };

/** Answers a check that counts a request as a guess, and says whether its address has made too many of them. */
export async function addRateLimits(server: FastifyInstance, limits: Partial<RateLimits> = {}): Promise<(request: FastifyRequest) => Promise<boolean>> {
  const { perToken, perAddress, guessesPerAddress } = { ...defaults, ...limits };
  await server.register(rateLimit, {
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: keyOf,
    max: (_request, key) => (key.startsWith('token:') ? perToken : perAddress),
    // Known to all: Retry-After. How many are left is nobody's business.
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
  const count = server.createRateLimit({ max: guessesPerAddress, timeWindow: 60_000, keyGenerator: (request) => `guesses:${request.ip}` });
  return async (request) => {
    const counted = await count(request);
    return !counted.isAllowed && counted.isExceeded;
  };
}

/** By token, as many a workstation stands behind one address; the token itself is not kept. */
function keyOf(request: FastifyRequest): string {
  const token = bearerOf(request);
  return token === null ? `address:${request.ip}` : `token:${createHash('sha256').update(token).digest('base64url')}`;
}

export function bearerOf({ headers }: FastifyRequest): string | null {
  const match = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(headers.authorization ?? '');
  return match?.[1] ?? null;
}
