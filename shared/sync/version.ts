import type { WireDocument } from './protocol.ts';

/** A version as the server keeps it. */
export interface Version extends WireDocument {
  /** The device that it was written on; of a merge, the device whose version of the two has the greater rev. */
  deviceId: string;
}

/** What the server holds of the documents of a change set, with what earlier change sets of the same transaction wrote. */
export interface Lookup {
  current(collection: string, id: string): Version | undefined;
  /** Any version, branches too. */
  byRev(collection: string, id: string, rev: string): Version | undefined;
  /** Current conflict documents about a document. */
  conflictsOf(collection: string, id: string): Version[];
  /** Current documents of a collection that share one of these keys; see `lookupKeys`. */
  sharing(collection: string, keys: readonly string[]): Version[];
}
