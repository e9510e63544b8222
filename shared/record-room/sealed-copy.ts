import { z } from 'zod';
import { archivedChartContentSchema, contentHashSchema } from '../schema/archived-chart.ts';
import { idSchema, instantSchema } from '../schema/document.ts';

export const sealedCopyFormat = 'outpost-sealed-chart';

const documentName = { collection: z.string().max(40), id: idSchema, rev: idSchema };

/** What is signed: whose chart it is, who wrote it out where and when, and the hash of everything that is in the file. */
export const sealedStatementSchema = z.strictObject({
  chart: z.object({ id: idSchema, rev: idSchema, content: archivedChartContentSchema.loose() }),
  exportedAt: instantSchema,
  exportedByName: z.string().max(200),
  organisationName: z.string().max(200),
  siteName: z.string().max(200),
  documents: z.array(z.strictObject({ ...documentName, hash: contentHashSchema })).max(20_000),
  /** SHA-256 of the bytes of each attachment that is in the file. */
  attachments: z.array(contentHashSchema).max(10_000),
  /** Ed25519, raw 32 bytes, base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type SealedStatement = z.infer<typeof sealedStatementSchema>;

/**
 * A chart in a file that shows whether it was altered: each document is hashed (SHA-256 of its content as canonical JSON), the list of
 * hashes is signed by a key of the site (Ed25519 over the canonical JSON of the statement).
 */
export const sealedCopySchema = z.strictObject({
  format: z.literal(sealedCopyFormat),
  version: z.literal(1),
  statement: sealedStatementSchema,
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  documents: z.array(z.strictObject({ ...documentName, updatedAt: instantSchema, content: z.record(z.string(), z.unknown()) })).max(20_000),
  /** Bytes by their hash, base64. */
  attachments: z.record(z.string(), z.string()),
});
export type SealedCopy = z.infer<typeof sealedCopySchema>;

export const verificationProblems = ['statement-altered', 'unknown-key', 'altered', 'missing', 'added', 'attachment-altered', 'attachment-missing', 'not-as-sealed'] as const;
export type VerificationProblem = (typeof verificationProblems)[number];

/** What verifying a sealed copy found. */
export interface Verification {
  /** Nothing in it was altered, and a key of this organisation signed it. */
  genuine: boolean;
  problems: { problem: VerificationProblem; collection?: string; id?: string; title?: string }[];
  exportedAt: string;
  exportedByName: string;
  organisationName: string;
  siteName: string;
  patientName: string;
  kind: string;
  period: { start: string; end: string };
  documents: number;
}
