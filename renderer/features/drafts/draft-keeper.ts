import type { CallInput } from '../../../shared/contract/index.ts';
import { call } from '../../api/client.ts';
import { createAutosaver, type AutosaveState } from './autosaver.ts';

/** Which form a draft belongs to. */
export type DraftTarget = Pick<CallInput<'drafts.save'>, 'kind' | 'key' | 'patientId' | 'baseRev'>;

/** Keeps one form's typed text on disk until it is saved or thrown away. */
export interface DraftKeeper {
  change(values: Record<string, string>): void;
  flush(): Promise<void>;
  /** Ends autosaving for now and answers the id of the draft on disk, for the save that takes its place. */
  settle(): Promise<string | undefined>;
  /** Says over which revision the form now stands. */
  rebase(baseRev: string): void;
  /** Erases the draft. */
  discard(): Promise<void>;
}

const flushing = new Set<Promise<void>>();

/** Settles when what closed forms had left to save was answered: a draft that is looked for earlier could be an old one. */
export const draftsSettled = async (): Promise<void> => void (await Promise.all(flushing));

/** Milliseconds of typing that a power cut can cost. */
const delay = 300;
const retryDelay = 2000;

export function createDraftKeeper(
  target: DraftTarget,
  existingDraftId: string | undefined,
  onState: (state: AutosaveState) => void,
): DraftKeeper {
  let draftId = existingDraftId;
  let current = target;
  const autosaver = createAutosaver<Record<string, string>>({
    async save(values) {
      const draft = await call('drafts.save', { ...current, values });
      draftId = draft.id;
      return draft.updatedAt;
    },
    delay,
    retryDelay,
    onState,
  });
  const settle = async () => {
    await autosaver.settle();
    return draftId;
  };
  return {
    change: autosaver.change,
    flush() {
      const flush = autosaver.flush().finally(() => flushing.delete(flush));
      flushing.add(flush);
      return flush;
    },
    settle,
    rebase(baseRev) {
      current = { ...current, baseRev };
    },
    async discard() {
      const id = await settle();
      if (id !== undefined) await call('drafts.discard', { id });
      draftId = undefined;
    },
  };
}
