import { LinkError } from './client/server-link.ts';
import { FollowException, type FollowRefusal } from './follow/index.ts';

/** What an operator is told of a following that could not begin. Anything else is a bug, and thrown on. */
export function whyNotFollowed(error: unknown): string {
  if (error instanceof FollowException) return refusals[error.refusal];
  if (error instanceof LinkError) return failures[error.failure] ?? `That server will not be followed now (${error.failure})`;
  throw error;
}

const refusals: Readonly<Record<FollowRefusal, string>> = {
  'not-an-address': '--server looks like https://central.example.org:8443',
  'not-encrypted': 'That server speaks plain HTTP: whoever is on the line could read everything. Use https',
  'fingerprint-missing': 'That server made its certificate itself: compare the fingerprint that it prints at its start, and give it with --fingerprint',
  'fingerprint-differs': 'That server shows another certificate than the one of --fingerprint. Somebody else may be answering in its place',
  'several-sites': 'The workstations of this server belong to several sites, and a server that follows another one can serve one only: give each site a server of its own (two can run on one computer, each with its own --data and --port)',
  'other-site': 'The code is for another site than the one of this server. Use a code that leaves the site to whoever joins',
  'already-following': 'This clinic follows a server already; run unfollow first',
  'not-following': 'This clinic follows no server',
};

const failures: Partial<Record<string, string>> = {
  'code-not-valid': 'The code was used, has expired, or never was one of that server',
  unreachable: 'That server does not answer',
  'timed-out': 'That server does not answer in time',
  'malformed-message': 'The code leaves the site open, and nobody has joined this server yet: use a code for a site',
};
