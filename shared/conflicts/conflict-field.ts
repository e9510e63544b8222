import type { TextKey } from '../i18n/index.ts';

/** How the value of a field is read and written. `whole`: replaced as a whole, not compared word by word. */
export type FieldKind = 'line' | 'text' | 'whole' | 'instant' | 'choice' | 'picture' | 'secret' | 'other';

export interface ConflictField {
  /** Undefined for a field that only a newer version knows. */
  label?: TextKey;
  kind: FieldKind;
  /** What the values of a choice are called. */
  options?: Readonly<Record<string, TextKey>>;
  /** Whether a person may write a third value here; the rest is taken from one side or the other. */
  editable?: boolean;
}
