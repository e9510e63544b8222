import type { Content } from '../content.ts';
import type { Random } from './random.ts';
import type { Held } from './stores.ts';

/** What a person at a workstation has in hand. */
export interface Desk {
  random: Random;
  /** The action that people do oftener than others in this history. */
  liked: number;
  /** In how many of a hundred actions people of several sites write to each other. */
  correspondence: number;
  /** Documents of a shared chart are taken into charts, too. */
  takesDocuments?: boolean;
  siteIds: readonly string[];
  siteId: string;
  deviceId: string;
  /** 0, 1, 2: the program knows the fields of its version and of those before. */
  version: number;
  /** By the workstation's own clock. */
  at: string;
  newId: () => string;
  /** A word that is written once in the whole history. */
  newWord: () => string;
  documents: Held[];
}

/** A document on the screen, by chance. */
export type Choose = (desk: Desk, collection: string, fits?: (document: Held) => boolean) => (Held & { content: Content }) | undefined;
