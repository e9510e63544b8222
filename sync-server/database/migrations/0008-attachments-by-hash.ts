/** Where else the same bytes are: looked for whenever some are asked about that are not there. */
export const attachmentsByHash = (): string[] => ['CREATE INDEX attachments_by_hash ON attachments (organisation_id, hash)'];
