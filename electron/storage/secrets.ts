import {
  createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync,
  randomBytes, type KeyObject,
} from 'node:crypto';
import argon2 from 'argon2';

/** RFC 8410 §7: what comes before the 32 raw bytes of an X25519 private key in PKCS #8. */
const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const nonceBytes = 12;
const tagBytes = 16;
const publicKeyBytes = 32;
const saltBytes = 16;

/**
 * The key pair that a password and a 16-byte salt stand for: argon2id (64 MiB, 3 passes, RFC 9106's second choice with
 * one lane) gives the X25519 private key, so anybody may seal a secret to the public half, and only the
 * password opens it. Takes about 0.2 s and 64 MiB, on purpose.
 */
export async function deriveKeyPair(password: string, salt: Uint8Array): Promise<{ privateKey: KeyObject; publicKey: Uint8Array }> {
  // NIST SP 800-63B §3.1.1.2: one password typed on two systems may arrive as different code points.
  const seed = await argon2.hash(password.normalize('NFKC'), {
    raw: true, salt: Buffer.from(salt), type: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1, hashLength: 32,
  });
  return keyPairOf(seed);
}

/** The X25519 key pair whose private half is these 32 secret bytes. */
export function keyPairOf(seed: Uint8Array): { privateKey: KeyObject; publicKey: Uint8Array } {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: rawPublicKey(createPublicKey(privateKey)) };
}

export const newSalt = (): Uint8Array => randomBytes(saltBytes);

/**
 * Seals a secret to a 32-byte X25519 public key: ephemeral key, HKDF-SHA-256, AES-256-GCM. `context` says what the
 * secret is for and whose; it opens in the same context only.
 */
export function sealTo(publicKey: Uint8Array, secret: Uint8Array, context: string): Uint8Array {
  const ephemeral = generateKeyPairSync('x25519');
  const ephemeralKey = rawPublicKey(ephemeral.publicKey);
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: importPublicKey(publicKey) });
  const key = deriveKey(shared, Buffer.concat([ephemeralKey, publicKey]), context);
  return Buffer.concat([ephemeralKey, encrypt(key, secret, context)]);
}

/** Opens what {@link sealTo} sealed; undefined for the wrong key, another context or damaged bytes. */
export function openSealed(
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: Uint8Array },
  sealed: Uint8Array,
  context: string,
): Uint8Array | undefined {
  if (sealed.length < publicKeyBytes + nonceBytes + tagBytes) return undefined;
  const ephemeralKey = sealed.subarray(0, publicKeyBytes);
  try {
    const shared = diffieHellman({ privateKey, publicKey: importPublicKey(ephemeralKey) });
    const key = deriveKey(shared, Buffer.concat([ephemeralKey, publicKey]), context);
    return decrypt(key, sealed.subarray(publicKeyBytes), context);
  } catch {
    // OpenSSL throws for a point of low order and GCM for a wrong tag; both mean that this key does not open it.
    return undefined;
  }
}

/** Seals a secret under a random key of 128 bits or more (no password). */
export function sealWith(key: Uint8Array, secret: Uint8Array, context: string): Uint8Array {
  const salt = newSalt();
  return Buffer.concat([salt, encrypt(deriveKey(key, salt, context), secret, context)]);
}

/** Opens what {@link sealWith} sealed; undefined for the wrong key, another context or damaged bytes. */
export function openWith(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array | undefined {
  if (sealed.length < saltBytes + nonceBytes + tagBytes) return undefined;
  try {
    return decrypt(deriveKey(key, sealed.subarray(0, saltBytes), context), sealed.subarray(saltBytes), context);
  } catch {
    return undefined;
  }
}

/** 32 bytes for one purpose out of a strong secret (HKDF-SHA-256). */
export function deriveKey(secret: Uint8Array, salt: Uint8Array, context: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, context, 32));
}

function encrypt(key: Uint8Array, secret: Uint8Array, context: string): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, box: Uint8Array, context: string): Uint8Array {
  const nonce = box.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(box.subarray(box.length - tagBytes));
  return Buffer.concat([decipher.update(box.subarray(nonceBytes, box.length - tagBytes)), decipher.final()]);
}

const rawPublicKey = (key: KeyObject): Uint8Array => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');

const importPublicKey = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(raw).toString('base64url') }, format: 'jwk' });
