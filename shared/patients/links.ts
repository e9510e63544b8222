import type { PatientContent, PatientLink } from '../schema/patient.ts';

type Linked = Pick<PatientContent, 'link'>;
const others = ({ link = [] }: Linked, type: PatientLink['type']): string[] => link.filter((one) => one.type === type).map(({ other }) => other).sort();

/**
 * The entry that stands for this one. Two desks that replaced each of two by the other leave both in sight, to be looked at again; of
 * two that one was replaced by, every workstation takes the same.
 */
export function replacedBy(patient: Linked): string | undefined {
  const replaces = new Set(others(patient, 'replaces'));
  return others(patient, 'replaced-by').find((other) => !replaces.has(other));
}

export const withLink = (patient: Linked, link: PatientLink): PatientLink[] => [...(patient.link ?? []).filter((one) => !isSame(one, link)), link];
export const withoutLink = (patient: Linked, link: PatientLink): PatientLink[] => (patient.link ?? []).filter((one) => !isSame(one, link));
const isSame = (one: PatientLink, link: PatientLink): boolean => one.other === link.other && one.type === link.type;
