import { useEffect, useRef } from 'react';

/** What a scanner sends between two characters takes a few milliseconds; nobody types a whole number at that pace. */
const slowestGap = 40;
const shortest = 6;
const numberShape = /^[0-9][0-9-]*$/;

/** Reads a scanner's keystrokes out of everything that is typed. Pure but for what it remembers between two keys. */
export class ScanReader {
  private text = '';
  private last = 0;

  /**
   * Takes a key and when it came, in milliseconds. Answers the scanned number at the Enter that ends it; undefined for everything else,
   * which stays what it was: somebody's typing.
   */
  read(key: string, at: number): string | undefined {
    const quick = at - this.last <= slowestGap;
    this.last = at;
    if (key === 'Enter') {
      const scanned = quick && this.text.length >= shortest && numberShape.test(this.text) ? this.text : undefined;
      this.text = '';
      return scanned;
    }
    if (key.length !== 1) return undefined;
    this.text = (quick ? this.text : '') + key;
    return undefined;
  }

  /** Whether the last character was the first of what may become a scan. */
  get hasBegun(): boolean {
    return this.text.length === 1;
  }
}

/** A field as it was before the first character of a scan reached it. */
interface FieldBefore {
  field: HTMLInputElement | HTMLTextAreaElement;
  value: string;
  selected: [from: number | null, to: number | null];
}

const fieldBefore = (field: EventTarget | null): FieldBefore | undefined =>
  field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
    ? { field, value: field.value, selected: [field.selectionStart, field.selectionEnd] }
    : undefined;

/** The number belongs to no field: one that got it in the middle of a note, or over a selected text, has that back. */
function putBack({ field, value, selected }: FieldBefore): void {
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set;
  setter?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  // Fields of a few kinds have no caret that could be set.
  if (selected[0] !== null) field.setSelectionRange(...selected);
}

/** Hears a scanner wherever the focus is, and takes the Enter that ends its number from whatever has the focus. */
export function useScanner(onScan: (text: string) => void): void {
  const latest = useRef(onScan);
  useEffect(() => {
    latest.current = onScan;
  });
  useEffect(() => {
    const reader = new ScanReader();
    let before: FieldBefore | undefined;
    const listen = (event: KeyboardEvent) => {
      // What is typed into a password stays a secret, however fast.
      if (event.target instanceof HTMLInputElement && event.target.type === 'password') return;
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const scanned = reader.read(event.key, event.timeStamp);
      if (event.key.length === 1 && reader.hasBegun) before = fieldBefore(event.target);
      if (scanned === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (before) putBack(before);
      latest.current(scanned);
    };
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, []);
}
