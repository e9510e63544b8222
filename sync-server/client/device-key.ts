import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** The private half of a new Ed25519 key pair: PKCS #8, base64url. */
export const newDeviceKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');

/** The public half, raw, base64url. */
export const publicHalf = (key: string): string => createPublicKey(privateKey(key)).export({ format: 'jwk' }).x ?? '';

/** Signs a text; base64url. */
export const signWith = (key: string, text: string): string => sign(null, Buffer.from(text), privateKey(key)).toString('base64url');

const privateKey = (text: string): KeyObject => createPrivateKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'pkcs8' });
