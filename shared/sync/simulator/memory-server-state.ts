import type { Version } from '../version.ts';
import type { ChangeSet, Refusal } from '../protocol.ts';

/** One version in the order of commits. */
export interface Revision {
  position: number;
  version: Version;
  /** A patient's id, `*` for the organisation, `!` for the server alone. */
  compartment: string;
  branch: boolean;
  /** The workstation that brought it as it stands here, not always the one that wrote it; null for a merge. */
  sentBy: string | null;
}

/** A patient and a site whose workstations hold it, from one position to another. */
export interface Grant {
  patientId: string;
  siteId: string;
  from: number;
  until: number | null;
}

export interface Device {
  siteId: string;
  scopeVersion: number;
  workstationNumber: number;
  counter: number;
  revoked: boolean;
  /** The first of its line: copies descend from it and are revoked with it. */
  line: string;
  /** The greatest position it was ever told. A database that remembers less than the device was restored. */
  told: number;
}

/** Everything that a server's database holds. */
export interface ServerState {
  epoch: string;
  /** Epochs that this database had before, and up to where what was told in them still holds. */
  formerEpochs: { epoch: string; heldTo: number }[];
  head: number;
  /** In order of position. */
  revisions: Revision[];
  /** That of position p is the one before place p. `first`: where its revisions begin. */
  changeSets: { changeSet: Omit<ChangeSet, 'documents'>; first: number }[];
  grants: Grant[];
  devices: Map<string, Device>;
  quarantine: Map<string, { changeSet: ChangeSet; refusal: Refusal }>;
  /** Chunks of attachments that are there, by patient or device in whose name they are kept, and hash. */
  attachments: Map<string, number>;
  /** Lines of devices, and the documents that each of them brought, whoever brought them first. */
  carried: Set<string>;
  /** Tokens from before this instant are void: the server was started anew. */
  startedAt: number;
}

export const emptyState = (epoch: string): ServerState => ({
  epoch, formerEpochs: [], head: 0, revisions: [], changeSets: [], grants: [], devices: new Map(), quarantine: new Map(), attachments: new Map(), carried: new Set(), startedAt: 0,
});

/** A copy that shares nothing which changes: a backup. */
export const copyState = (state: ServerState): ServerState => ({
  ...state,
  formerEpochs: [...state.formerEpochs],
  revisions: [...state.revisions],
  changeSets: [...state.changeSets],
  grants: state.grants.map((grant) => ({ ...grant })),
  devices: new Map([...state.devices].map(([id, device]) => [id, { ...device }])),
  quarantine: new Map(state.quarantine),
  attachments: new Map(state.attachments),
  carried: new Set(state.carried),
});

export const keyOf = ({ collection, id }: { collection: string; id: string }): string => `${collection}/${id}`;
