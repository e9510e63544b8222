import type { PatientInput } from '../schema/patient.ts';
import { compact } from '../search/normalise.ts';

/** What two entries of one person have in common: the national id, phone and name, or name and birthday. */
export function duplicateKeys({ name, phone, nationalId, birthday }: Pick<PatientInput, 'name' | 'phone' | 'nationalId' | 'birthday'>): string[] {
  const keys: string[] = [];
  if (nationalId !== undefined) keys.push(`id ${nationalId}`);
  const named = compact(name) || name;
  if (phone !== undefined) keys.push(`phone ${compact(phone)} ${named}`);
  if (birthday !== undefined) keys.push(`born ${birthday} ${named}`);
  return keys;
}

/** Remembers texts by 53 bits each: 11 to 22 bytes a text, however long it is, and one false agreement among millions of millions. */
export class SeenTexts {
  private slots = new Float64Array(1024);
  private size = 0;

  /** Whether the text was there already. */
  add(text: string): boolean {
    if (this.size * 4 >= this.slots.length * 3) this.grow();
    return this.put(fingerprint(text));
  }

  private put(value: number): boolean {
    const mask = this.slots.length - 1;
    let slot = value % this.slots.length;
    while (this.slots[slot] !== 0) {
      if (this.slots[slot] === value) return true;
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = value;
    this.size += 1;
    return false;
  }

  private grow(): void {
    const full = this.slots;
    this.slots = new Float64Array(full.length * 2);
    this.size = 0;
    for (const value of full) if (value !== 0) this.put(value);
  }
}

/** A hash of 53 bits, never 0: two 32-bit FNV-1a passes over the UTF-16 units with the finaliser of MurmurHash3. */
function fingerprint(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x5bd1e995);
  }
  return (mix(high) & 0x1fffff) * 4_294_967_296 + mix(low ^ high) + 1;
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
