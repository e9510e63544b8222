import type { UpstreamFacts } from '../../shared/sync/admin-protocol.ts';

export interface FollowRequest {
  /** Such as `https://central.example.org:8443`. */
  address: string;
  /** SHA-256 of its certificate as a person compared it; absent where an authority vouches for it. */
  fingerprint?: string | undefined;
  code: string;
  /** What people at the other server call this one. */
  name: string;
  appVersion: string;
  /** The site that this server serves, where no workstation has joined it yet. */
  siteId?: string | undefined;
}

export const followRefusals = ['not-an-address', 'not-encrypted', 'fingerprint-missing', 'fingerprint-differs', 'several-sites', 'other-site', 'already-following', 'not-following'] as const;
export type FollowRefusal = (typeof followRefusals)[number];

/** Why this server cannot follow that one. */
export class FollowException extends Error {
  override name = 'FollowException';
  readonly refusal: FollowRefusal;

  constructor(refusal: FollowRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/** Following of other servers, by public ids of organisations. */
export interface Following {
  /** Has an organisation follow another server, from now on and after every start. Throws {@link FollowException} or `LinkError`. */
  follow(organisationId: string, request: FollowRequest): Promise<void>;
  /** Ends it. What came from above stays; what was not sent is not sent. */
  leave(organisationId: string): Promise<void>;
  facts(organisationId: string): Promise<UpstreamFacts | null>;
  /** Of all organisations that follow, for whoever watches the server. */
  all(): Promise<UpstreamFacts[]>;
  /** Follows whom it should, until it is closed. */
  begin(options: { appVersion: string; onBug(error: unknown): void }): void;
  /** Tries now, without waiting for its time. */
  retry(): void;
  close(): Promise<void>;
}
