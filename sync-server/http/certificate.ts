import { createHash, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

export interface Certificate {
  /** PEM. */
  key: string;
  cert: string;
  fingerprint: string;
}

/** SHA-256 of a certificate (PEM) as people compare it: upper-case hex pairs with colons. */
export const fingerprintOf = (cert: string): string => new X509Certificate(cert).fingerprint256;

/**
 * Makes a certificate that vouches for itself, for ten years (RFC 5280, ECDSA P-256). Workstations pin its fingerprint, so that no
 * authority is needed inside a clinic. `hosts` are the names and addresses it is for.
 */
export function makeCertificate({ hosts, now }: { hosts: string[]; now: Date }): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + 10);
  const name = sequence(set(sequence(oid(2, 5, 4, 3), utf8('Outpost sync server'))));
  const unsigned = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(time(now), time(until)),
    name,
    subjectKey,
    tagged(3, sequence(isAuthority(false), alternativeNames(hosts), keyIdentifier(subjectKey))),
  );
  const signature = sign('sha256', unsigned, privateKey);
  const cert = pem(sequence(unsigned, ecdsaWithSha256, bits(signature)));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert, fingerprint: fingerprintOf(cert) };
}

/** One value of DER (X.690): its tag, the length of what follows, and that. */
function value(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const bytes = content.length < 0x100 ? [content.length] : [content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content]);
}

const sequence = (...parts: Buffer[]) => value(0x30, ...parts);
const set = (...parts: Buffer[]) => value(0x31, ...parts);
const tagged = (number: number, ...parts: Buffer[]) => value(0xa0 | number, ...parts);
const integer = (content: Buffer) => value(0x02, content);
const bits = (content: Buffer) => value(0x03, Buffer.from([0]), content);
const octets = (content: Buffer) => value(0x04, content);
const utf8 = (text: string) => value(0x0c, Buffer.from(text));
/** UTCTime serves to 2049, GeneralizedTime from then on (RFC 5280 §4.1.2.5). */
const time = (at: Date) => {
  const digits = `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return at.getUTCFullYear() < 2050 ? value(0x17, Buffer.from(digits.slice(2))) : value(0x18, Buffer.from(digits));
};

function oid(first: number, second: number, ...rest: number[]): Buffer {
  const bytes = rest.flatMap((number) => {
    const groups = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) groups.unshift(0x80 | (left & 0x7f));
    return groups;
  });
  return value(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

const ecdsaWithSha256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
const extension = (id: Buffer, content: Buffer) => sequence(id, octets(content));
const isAuthority = (yes: boolean) => extension(oid(2, 5, 29, 19), sequence(...(yes ? [value(0x01, Buffer.from([0xff]))] : [])));
const keyIdentifier = (subjectKey: Buffer) => extension(oid(2, 5, 29, 14), octets(createHash('sha1').update(subjectKey).digest()));

const alternativeNames = (hosts: string[]) =>
  extension(
    oid(2, 5, 29, 17),
    sequence(...hosts.map((host) => (isIP(host) === 0 ? value(0x82, Buffer.from(host)) : value(0x87, addressBytes(host))))),
  );

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const middle = Array<number>(8 - groups(head).length - groups(tail).length).fill(0);
  return Buffer.from([...groups(head), ...middle, ...groups(tail)].flatMap((group) => [group >> 8, group & 0xff]));
}

const pem = (der: Buffer) => `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
