import type { Signature } from '../../schema/medical-record.ts';
import type { ReadReceipt } from '../../schema/receipt.ts';
import { instantFromFhir, maybe, textExtension } from './common.ts';

interface Told {
  received?: string | undefined;
  read?: ReadReceipt | undefined;
  statusChange?: Signature | undefined;
}

/** What became of something that was sent, as texts of extensions: FHIR has one place for an arrival, and none for who read or answered it. */
export const receiptTexts = ({ received, read, statusChange }: Told): Record<string, string | undefined> => ({
  received, 'read-at': read?.at, 'read-by': read?.name, 'status-changed-at': statusChange?.at, 'status-changed-by': statusChange?.name,
});

/** The account that vouches for who read or answered it is that of whoever brings it in. */
export function receiptsFrom(resource: Parameters<typeof textExtension>[0], userId: string): Told {
  const by = (when: string, who: string) => {
    const [at, name] = [instantFromFhir(textExtension(resource, when)), textExtension(resource, who)];
    return at === undefined || name === undefined ? undefined : { userId, name, at };
  };
  return {
    ...maybe('received', instantFromFhir(textExtension(resource, 'received'))),
    ...maybe('read', by('read-at', 'read-by')),
    ...maybe('statusChange', by('status-changed-at', 'status-changed-by')),
  };
}
