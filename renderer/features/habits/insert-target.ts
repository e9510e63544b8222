import { create } from 'zustand';
import type { TemplateSection } from '../../../shared/schema/text-template.ts';

/** Text for sections of a record. */
export type Sections = { [Section in TemplateSection]?: string | undefined };

/** The field that a ready text goes into, and the form that a record template fills. */
interface InsertTarget {
  field: { element: HTMLTextAreaElement; change(value: string): void } | undefined;
  fill: ((sections: Sections) => void) | undefined;
  pickerOpen: boolean;
}

export const useInsertTarget = create<InsertTarget>(() => ({ field: undefined, fill: undefined, pickerOpen: false }));

/** Writes into a controlled field and leaves the caret where the typing goes on. */
export function putInto(element: HTMLTextAreaElement, change: (value: string) => void, { value, caret }: { value: string; caret: number }): void {
  change(value);
  // After React has drawn the new text: before that the caret would be put at its end.
  setTimeout(() => {
    element.focus();
    element.setSelectionRange(caret, caret);
  });
}

/** Adds a text to what stands in a section already: nothing that was typed goes, and what was added once is not there twice. */
export function added(before: string, text: string | undefined): string {
  if (text === undefined || `\n${before.trim()}\n`.includes(`\n${text.trim()}\n`)) return before;
  return before.trim() === '' ? text : `${before.trimEnd()}\n${text}`;
}
