import type { ServiceOrder } from '../schema/service-request.ts';
import { codeSystems } from '../schema/fhir-types.ts';
import { laboratoryPanels, laboratoryTests } from './laboratory-tests.ts';

/** What a clinic orders beside drugs. */
export interface Orderable {
  en: string;
  zh: string;
  category: ServiceOrder['category'];
  loinc?: string;
}

const procedures: readonly Orderable[] = [
  { en: 'Electrocardiogram', zh: '心电图', category: 'procedure', loinc: '11524-6' },
  { en: 'Chest X-ray', zh: '胸部X线检查', category: 'imaging' },
  { en: 'Abdominal ultrasound', zh: '腹部超声', category: 'imaging' },
  { en: 'Urinalysis', zh: '尿常规', category: 'laboratory', loinc: '24356-8' },
  { en: 'Intramuscular injection', zh: '肌内注射', category: 'procedure' },
  { en: 'Intravenous infusion', zh: '静脉输液', category: 'procedure' },
  { en: 'Nebulisation', zh: '雾化吸入', category: 'procedure' },
  { en: 'Wound dressing', zh: '伤口换药', category: 'procedure' },
  { en: 'Suture', zh: '清创缝合', category: 'procedure' },
];

export const orderables: readonly Orderable[] = [
  ...laboratoryPanels.map(({ en, zh, loinc }): Orderable => ({ en, zh, loinc, category: 'laboratory' })),
  ...laboratoryTests.map(({ en, zh, loinc }): Orderable => ({ en, zh, loinc, category: 'laboratory' })),
  ...procedures,
];

/** The order that a typed name stands for; what no table knows is ordered in words, as a procedure. */
export function serviceOrder(name: string, priority: ServiceOrder['priority']): ServiceOrder {
  const typed = name.trim().toLocaleLowerCase('en');
  const known = orderables.find(({ en, zh }) => [en, zh].some((one) => one.toLocaleLowerCase('en') === typed));
  const coding = known?.loinc === undefined ? [] : [{ system: codeSystems.loinc, code: known.loinc, display: known.en }];
  return { code: { ...(coding.length > 0 && { coding }), text: name.trim() }, category: known?.category ?? 'procedure', priority };
}
