import { fhirTypes, type FhirType, type ToldCollection } from '../../shared/exchange/fhir/mappings.ts';
import { signedCollections } from '../../shared/exchange/fhir/signatures.ts';

/** The types of resources that the face reads and searches. */
export type FaceType = FhirType | 'Provenance';

/** Where documents lie that are told as resources of a type: a Provenance tells of what somebody signed. */
export const collectionsOfType: Record<FaceType, readonly ToldCollection[]> = { ...fhirTypes, Provenance: signedCollections };
export const faceTypes = Object.keys(collectionsOfType) as FaceType[];
