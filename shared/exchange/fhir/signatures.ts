import type { Extension, Provenance, Resource, Signature as FhirSignature } from '@medplum/fhirtypes';
import type { MedicalRecordContent, Signature } from '../../schema/medical-record.ts';
import { codedAs, extensionUrl, instantFromFhir, maybe, reference, textExtension } from './common.ts';

/** What of a document says who put their name to it. */
export interface Signed {
  signature?: Signature | undefined;
  amendments?: MedicalRecordContent['amendments'] | undefined;
  /** Who stopped an order, and when. */
  statusChange?: Signature | undefined;
}

/** ASTM E1762-95, as FHIR's value set signature-type has it. */
const purposes = { system: 'urn:iso-astm:E1762-95:2013', author: '1.2.840.10065.1.12.1.1', addendum: '1.2.840.10065.1.12.1.16', modification: '1.2.840.10065.1.12.1.17', verification: '1.2.840.10065.1.12.1.5' };
type Purpose = Exclude<keyof typeof purposes, 'system'>;

/** Collections of which somebody signs what is in them. */
export const signedCollections = ['medicalRecords', 'medicationRequests', 'serviceRequests', 'archivedCharts'] as const;

/** A seal has the id of the record that it seals: their provenances would have one, too. */
const sealPrefix = 'seal-';
const provenanceId = ({ resourceType, id = '' }: Resource): string => (resourceType === 'List' ? `${sealPrefix}${id}` : id);
/** What a Provenance of this id is of. */
export const signedBy = (id: string): { id: string; collections: readonly (typeof signedCollections)[number][] } =>
  id.startsWith(sealPrefix) ? { id: id.slice(sealPrefix.length), collections: ['archivedCharts'] } : { id, collections: signedCollections.filter((name) => name !== 'archivedCharts') };

/** FHIR R4 Provenance of what somebody signed, or of a chart that somebody sealed; undefined where nobody has. */
export function provenanceOfSigned(resource: Resource, { signature, amendments = [], statusChange }: Signed): Provenance | undefined {
  const isSeal = resource.resourceType === 'List';
  const signatures = [
    ...(signature === undefined ? [] : [signatureToFhir(isSeal ? 'verification' : 'author', signature)]),
    ...amendments.map(({ reason, overRev, ...amended }) => signatureToFhir('addendum', amended, { reason, 'over-rev': overRev })),
    ...(statusChange === undefined ? [] : [signatureToFhir('modification', statusChange)]),
  ];
  const last = statusChange ?? amendments.at(-1) ?? signature;
  if (last === undefined) return undefined;
  return {
    resourceType: 'Provenance', id: provenanceId(resource), ...maybe('meta', resource.meta),
    target: [reference(resource.resourceType, String(resource.id))],
    recorded: last.at,
    activity: codedAs('http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion', 'LA'),
    agent: [{ type: codedAs('http://terminology.hl7.org/CodeSystem/provenance-participant-type', isSeal ? 'custodian' : 'author'), who: { display: (signature ?? last).name } }],
    signature: signatures,
  };
}

const signatureToFhir = (purpose: Purpose, { userId, name, at }: Signature, said: Record<string, string> = {}): FhirSignature => ({
  ...(Object.keys(said).length > 0 && { extension: Object.entries(said).map(([key, valueString]): Extension => ({ url: extensionUrl(key), valueString })) }),
  type: [{ system: purposes.system, code: purposes[purpose] }],
  when: at,
  who: { ...reference('Practitioner', userId), display: name },
});

/**
 * Who put their name to it elsewhere, and when. The account that vouches for it here is that of whoever brings it in: a file is no proof of
 * who somebody was.
 */
export function signedFromFhir({ signature: signatures = [] }: Provenance, importerId: string): Signed {
  const of = (purpose: Purpose) =>
    signatures.flatMap((one) => {
      const at = instantFromFhir(one.when);
      const name = one.who?.display;
      return at !== undefined && name !== undefined && one.type.some(({ system, code }) => system === purposes.system && code === purposes[purpose])
        ? [{ signature: { userId: importerId, name, at }, reason: textExtension(one, 'reason') ?? '', overRev: textExtension(one, 'over-rev') ?? '' }]
        : [];
    });
  const amendments = of('addendum').map(({ signature, reason, overRev }) => ({ ...signature, reason, overRev }));
  return {
    ...maybe('signature', of('author')[0]?.signature),
    ...(amendments.length > 0 && { amendments }),
    ...maybe('statusChange', of('modification')[0]?.signature),
  };
}
