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
}

/** A field that got the scanner's characters is put back as it was: the number belongs to no field. */
function takeBack(field: EventTarget | null, scanned: string): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !field.value.endsWith(scanned)) return;
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set;
  setter?.call(field, field.value.slice(0, -scanned.length));
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Hears a scanner wherever the focus is, and takes the Enter that ends its number from whatever has the focus. */
export function useScanner(onScan: (text: string) => void): void {
  const latest = useRef(onScan);
  useEffect(() => {
    latest.current = onScan;
  });
  useEffect(() => {
    const reader = new ScanReader();
    const listen = (event: KeyboardEvent) => {
      // What is typed into a password stays a secret, however fast.
      if (event.target instanceof HTMLInputElement && event.target.type === 'password') return;
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const scanned = reader.read(event.key, event.timeStamp);
      if (scanned === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      takeBack(event.target, scanned);
      latest.current(scanned);
    };
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, []);
}
