import type { CodeableConcept } from '../schema/fhir-types.ts';
import { codeSystems } from '../schema/fhir-types.ts';
import type { allergyCategories } from '../schema/allergy-intolerance.ts';
import { noKnownAllergyCode } from '../schema/allergy-intolerance.ts';
import { medicines } from './medicines.ts';

export interface Substance {
  en: string;
  zh: string;
  category: (typeof allergyCategories)[number];
  /** SNOMED CT. */
  snomed?: string;
  atc?: string;
}

/** What people are allergic to most, groups of drugs first, then single drugs, food and surroundings. */
export const substances: readonly Substance[] = [
  { en: 'Penicillins', zh: '青霉素类', category: 'medication', snomed: '764146007' },
  { en: 'Cephalosporins', zh: '头孢菌素类', category: 'medication' },
  { en: 'Sulfonamides', zh: '磺胺类', category: 'medication', snomed: '387406002' },
  { en: 'NSAIDs', zh: '非甾体抗炎药', category: 'medication' },
  { en: 'Macrolides', zh: '大环内酯类', category: 'medication' },
  { en: 'Fluoroquinolones', zh: '喹诺酮类', category: 'medication' },
  { en: 'Iodinated contrast', zh: '含碘造影剂', category: 'medication' },
  { en: 'Latex', zh: '乳胶', category: 'environment', snomed: '111088007' },
  { en: 'Pollen', zh: '花粉', category: 'environment' },
  { en: 'House dust mite', zh: '尘螨', category: 'environment' },
  { en: 'Bee or wasp venom', zh: '蜂毒', category: 'environment' },
  { en: 'Peanut', zh: '花生', category: 'food', snomed: '762952008' },
  { en: 'Egg', zh: '鸡蛋', category: 'food', snomed: '102263004' },
  { en: 'Cow’s milk', zh: '牛奶', category: 'food', snomed: '3718001' },
  { en: 'Shellfish', zh: '贝类', category: 'food' },
  { en: 'Fish', zh: '鱼', category: 'food' },
  { en: 'Wheat', zh: '小麦', category: 'food' },
  ...medicines.map(({ en, zh, atc }): Substance => ({ en, zh, atc, category: 'medication' })),
];

/** A substance by the name that it is called in either language. */
export const substanceNamed = (name: string): Substance | undefined =>
  substances.find(({ en, zh }) => [en, zh].some((one) => one.toLocaleLowerCase('en') === name.trim().toLocaleLowerCase('en')));

/** The concept that a typed name stands for: coded where the table knows it, in words otherwise. */
export function substanceConcept(name: string): CodeableConcept {
  const { snomed, atc, en } = substanceNamed(name) ?? {};
  const coding = [
    ...(snomed === undefined ? [] : [{ system: codeSystems.snomed, code: snomed, display: en }]),
    ...(atc === undefined ? [] : [{ system: codeSystems.atc, code: atc, display: en }]),
  ];
  return { ...(coding.length > 0 && { coding }), text: name.trim() };
}

export const noKnownAllergy = (text: string): CodeableConcept => ({
  coding: [{ system: codeSystems.snomed, code: noKnownAllergyCode, display: 'No known allergy' }], text,
});
