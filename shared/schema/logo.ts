import { z } from 'zod';

/** Bytes of a picture that stands at the head of every print: sharp at two centimetres, and travels to each workstation with the clinic's details. */
export const largestLogo = 200_000;

const signatures = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
} as const;

const dataUrl = /^data:(image\/(?:png|jpeg));base64,([A-Za-z0-9+/]+={0,2})$/;

/** A PNG or JPEG as a data URL, known by its first bytes and not by what it says of itself; a picture with a script in it, such as SVG, is none. */
export const logoSchema = z
  .string()
  .refine((text) => text.length <= Math.ceil(largestLogo / 3) * 4 + 30, { error: 'logo-too-large', abort: true })
  .refine((text) => isPicture(text), { error: 'invalid-logo' });

function isPicture(text: string): boolean {
  const [, type, data] = dataUrl.exec(text) ?? [];
  if (type === undefined || data === undefined || data.length % 4 !== 0) return false;
  const bytes = atob(data.slice(0, 16));
  return signatures[type as keyof typeof signatures].every((byte, index) => bytes.charCodeAt(index) === byte);
}
