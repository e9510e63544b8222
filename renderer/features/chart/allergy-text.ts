import type { AllergyIntolerance } from '../../../shared/schema/allergy-intolerance.ts';

/** `Penicillins: rash`. */
export const allergyText = ({ code, reaction }: AllergyIntolerance): string => [code.text, reaction?.map(({ manifestation }) => manifestation).join(', ')].filter(Boolean).join(': ');
