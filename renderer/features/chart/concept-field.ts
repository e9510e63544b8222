import type { CodeableConcept } from '../../../shared/schema/fhir-types.ts';

/** Between a code and its name in a field: what is picked from a table stays a plain text, which a draft keeps as typed. */
const between = ' · ';

export const codedText = ({ code, display }: { code: string; display: string }): string => `${code}${between}${display}`;

/** What a field's text means: coded where it was picked from a table, in words otherwise. */
export function readConcept(typed: string, system: string): CodeableConcept {
  const at = typed.indexOf(between);
  const [code, display] = [typed.slice(0, at).trim(), typed.slice(at + between.length).trim()];
  return at < 1 || display === '' || /\s/.test(code) ? { text: typed.trim() } : { coding: [{ system, code, display }], text: display };
}

/** A stored concept as its field shows it. */
export function conceptText(concept: CodeableConcept, system: string): string {
  const coding = concept.coding?.find((one) => one.system === system);
  return coding === undefined ? concept.text : codedText({ code: coding.code, display: concept.text });
}
