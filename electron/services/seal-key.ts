import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Site } from '../../shared/schema/site.ts';
import type { Connection } from '../storage/connection.ts';
import { readMeta, writeMeta } from '../storage/meta.ts';

/**
 * The key with which this workstation signs sealed copies for its site. The private half stays in this encrypted database; the public one
 * stands on the site's document (`sealKeys`), so that every workstation of the organisation knows whose signature it is.
 */
const keyName = 'sealKey';

const privateKey = (connection: Connection) => {
  const kept = readMeta(connection, keyName) ?? writeMeta(connection, keyName, generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'));
  return createPrivateKey({ key: Buffer.from(kept, 'base64url'), format: 'der', type: 'pkcs8' });
};

/** Raw 32 bytes, base64url; made where there is none yet. */
export const sealPublicKey = (connection: Connection): string => createPublicKey(privateKey(connection)).export({ format: 'jwk' }).x as string;

/** Signs a text; base64url. */
export const signSeal = (connection: Connection, text: string): string => sign(null, Buffer.from(text), privateKey(connection)).toString('base64url');

/** Whether a text was signed with the private half of this key. */
export function isSignedWith(publicKey: string, text: string, signature: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

/** The site with this workstation's key on it; undefined where it has it already. */
export function withSealKey({ sealKeys = [] }: Pick<Site, 'sealKeys'>, publicKey: string): { sealKeys: string[] } | undefined {
  return sealKeys.includes(publicKey) ? undefined : { sealKeys: [...sealKeys, publicKey] };
}
