import type { medicationRoutes } from '../schema/medication-request.ts';
import type { Frequency } from './frequencies.ts';

export type Route = (typeof medicationRoutes)[number];
export type DoseForm = 'tablet' | 'capsule' | 'vial' | 'puff' | 'sachet';
/** Substances to which people who are allergic to one of them are mostly allergic to all. */
export type AllergyGroup =
  | 'penicillins' | 'cephalosporins' | 'macrolides' | 'fluoroquinolones' | 'tetracyclines' | 'sulfonamides' | 'nsaids' | 'ace-inhibitors' | 'statins' | 'benzodiazepines';

/** A drug that clinics prescribe often. Doses are an adult's, in `unit`; a clinic's formulary decides, this table warns. */
export interface Medicine {
  en: string;
  zh: string;
  /** WHO ATC, fifth level. */
  atc: string;
  groups: readonly AllergyGroup[];
  unit: 'mg' | 'ug' | 'IU' | 'sachet';
  /** Of one tablet, capsule, vial or puff, in `unit`. */
  strength: number;
  form: DoseForm;
  route: Route;
  dose: number;
  frequency: Frequency;
  /** Of a single dose. */
  range: readonly [number, number];
  maximumADay: number;
  /** For children, per kilogram of body weight. */
  maximumADayPerKg?: number;
}

type Row = [
  en: string, zh: string, atc: string, groups: AllergyGroup[], strength: number, form: DoseForm, route: Route, dose: number, frequency: Frequency,
  low: number, high: number, maximumADay: number, more?: { unit?: Medicine['unit']; perKg?: number },
];

/** After the summaries of product characteristics and the WHO Model Formulary. */
const rows: Row[] = [
  ['Amoxicillin', '阿莫西林', 'J01CA04', ['penicillins'], 250, 'capsule', 'oral', 500, 'TID', 250, 1000, 3000, { perKg: 90 }],
  ['Amoxicillin and clavulanic acid', '阿莫西林克拉维酸钾', 'J01CR02', ['penicillins'], 625, 'tablet', 'oral', 625, 'TID', 312.5, 1250, 3750],
  ['Phenoxymethylpenicillin (penicillin V)', '青霉素V钾', 'J01CE02', ['penicillins'], 250, 'tablet', 'oral', 500, 'QID', 250, 1000, 4000],
  ['Benzylpenicillin (penicillin G)', '青霉素钠', 'J01CE01', ['penicillins'], 800_000, 'vial', 'intramuscular', 800_000, 'BID', 400_000, 5_000_000, 24_000_000, { unit: 'IU' }],
  ['Ampicillin', '氨苄西林', 'J01CA01', ['penicillins'], 500, 'vial', 'intravenous', 1000, 'Q6H', 250, 2000, 12_000],
  ['Piperacillin and tazobactam', '哌拉西林他唑巴坦', 'J01CR05', ['penicillins'], 4500, 'vial', 'intravenous', 4500, 'Q8H', 2250, 4500, 18_000],
  ['Cefalexin', '头孢氨苄', 'J01DB01', ['cephalosporins'], 250, 'capsule', 'oral', 500, 'QID', 250, 1000, 4000, { perKg: 100 }],
  ['Cefuroxime axetil', '头孢呋辛酯', 'J01DC02', ['cephalosporins'], 250, 'tablet', 'oral', 250, 'BID', 125, 500, 1000, { perKg: 30 }],
  ['Cefixime', '头孢克肟', 'J01DD08', ['cephalosporins'], 100, 'capsule', 'oral', 100, 'BID', 50, 400, 400, { perKg: 8 }],
  ['Ceftriaxone', '头孢曲松', 'J01DD04', ['cephalosporins'], 1000, 'vial', 'intravenous', 1000, 'QD', 500, 4000, 4000, { perKg: 100 }],
  ['Azithromycin', '阿奇霉素', 'J01FA10', ['macrolides'], 250, 'tablet', 'oral', 500, 'QD', 250, 1000, 1000, { perKg: 12 }],
  ['Clarithromycin', '克拉霉素', 'J01FA09', ['macrolides'], 250, 'tablet', 'oral', 250, 'BID', 250, 500, 1000, { perKg: 15 }],
  ['Erythromycin', '红霉素', 'J01FA01', ['macrolides'], 250, 'tablet', 'oral', 250, 'QID', 250, 1000, 4000, { perKg: 50 }],
  ['Levofloxacin', '左氧氟沙星', 'J01MA12', ['fluoroquinolones'], 500, 'tablet', 'oral', 500, 'QD', 250, 750, 750],
  ['Ciprofloxacin', '环丙沙星', 'J01MA02', ['fluoroquinolones'], 250, 'tablet', 'oral', 500, 'BID', 250, 750, 1500],
  ['Doxycycline', '多西环素', 'J01AA02', ['tetracyclines'], 100, 'tablet', 'oral', 100, 'BID', 50, 200, 200],
  ['Sulfamethoxazole and trimethoprim', '复方磺胺甲噁唑', 'J01EE01', ['sulfonamides'], 480, 'tablet', 'oral', 960, 'BID', 480, 1920, 3840],
  ['Metronidazole', '甲硝唑', 'P01AB01', [], 200, 'tablet', 'oral', 400, 'TID', 200, 2000, 4000, { perKg: 50 }],
  ['Paracetamol', '对乙酰氨基酚', 'N02BE01', [], 500, 'tablet', 'oral', 500, 'Q6H', 325, 1000, 4000, { perKg: 75 }],
  ['Ibuprofen', '布洛芬', 'M01AE01', ['nsaids'], 200, 'tablet', 'oral', 400, 'TID', 200, 800, 2400, { perKg: 40 }],
  ['Diclofenac', '双氯芬酸', 'M01AB05', ['nsaids'], 25, 'tablet', 'oral', 50, 'TID', 25, 75, 150],
  ['Aspirin', '阿司匹林', 'B01AC06', ['nsaids'], 100, 'tablet', 'oral', 100, 'QD', 75, 1000, 4000],
  ['Clopidogrel', '氯吡格雷', 'B01AC04', [], 75, 'tablet', 'oral', 75, 'QD', 75, 600, 600],
  ['Warfarin', '华法林', 'B01AA03', [], 2.5, 'tablet', 'oral', 2.5, 'QD', 0.5, 10, 10],
  ['Amlodipine', '氨氯地平', 'C08CA01', [], 5, 'tablet', 'oral', 5, 'QD', 2.5, 10, 10],
  ['Nifedipine, prolonged release', '硝苯地平控释片', 'C08CA05', [], 30, 'tablet', 'oral', 30, 'QD', 30, 90, 90],
  ['Enalapril', '依那普利', 'C09AA02', ['ace-inhibitors'], 10, 'tablet', 'oral', 10, 'QD', 2.5, 40, 40],
  ['Losartan', '氯沙坦', 'C09CA01', [], 50, 'tablet', 'oral', 50, 'QD', 25, 100, 100],
  ['Valsartan', '缬沙坦', 'C09CA03', [], 80, 'capsule', 'oral', 80, 'QD', 40, 320, 320],
  ['Metoprolol tartrate', '酒石酸美托洛尔', 'C07AB02', [], 25, 'tablet', 'oral', 25, 'BID', 6.25, 200, 400],
  ['Hydrochlorothiazide', '氢氯噻嗪', 'C03AA03', [], 25, 'tablet', 'oral', 25, 'QD', 6.25, 100, 100],
  ['Furosemide', '呋塞米', 'C03CA01', [], 20, 'tablet', 'oral', 20, 'QD', 10, 160, 600],
  ['Spironolactone', '螺内酯', 'C03DA01', [], 20, 'tablet', 'oral', 20, 'QD', 10, 200, 400],
  ['Atorvastatin', '阿托伐他汀', 'C10AA05', ['statins'], 20, 'tablet', 'oral', 20, 'BED', 10, 80, 80],
  ['Simvastatin', '辛伐他汀', 'C10AA01', ['statins'], 20, 'tablet', 'oral', 20, 'BED', 5, 40, 40],
  ['Metformin', '二甲双胍', 'A10BA02', [], 500, 'tablet', 'oral', 500, 'BID', 250, 1000, 2550],
  ['Gliclazide, modified release', '格列齐特缓释片', 'A10BB09', [], 30, 'tablet', 'oral', 30, 'QD', 30, 120, 120],
  ['Acarbose', '阿卡波糖', 'A10BF01', [], 50, 'tablet', 'oral', 50, 'TID', 25, 200, 600],
  ['Insulin glargine', '甘精胰岛素', 'A10AE04', [], 300, 'vial', 'subcutaneous', 10, 'BED', 1, 100, 200, { unit: 'IU' }],
  ['Omeprazole', '奥美拉唑', 'A02BC01', [], 20, 'capsule', 'oral', 20, 'QD', 10, 40, 80],
  ['Domperidone', '多潘立酮', 'A03FA03', [], 10, 'tablet', 'oral', 10, 'TID', 10, 10, 30],
  ['Oral rehydration salts', '口服补液盐', 'A07CA', [], 1, 'sachet', 'oral', 1, 'TID', 1, 4, 12, { unit: 'sachet' }],
  ['Loratadine', '氯雷他定', 'R06AX13', [], 10, 'tablet', 'oral', 10, 'QD', 5, 10, 10],
  ['Cetirizine', '西替利嗪', 'R06AE07', [], 10, 'tablet', 'oral', 10, 'QD', 5, 10, 10],
  ['Salbutamol, inhaled', '沙丁胺醇气雾剂', 'R03AC02', [], 100, 'puff', 'inhalation', 200, 'Q6H', 100, 400, 1600, { unit: 'ug' }],
  ['Budesonide, inhaled', '布地奈德吸入剂', 'R03BA02', [], 200, 'puff', 'inhalation', 200, 'BID', 100, 800, 1600, { unit: 'ug' }],
  ['Montelukast', '孟鲁司特', 'R03DC03', [], 10, 'tablet', 'oral', 10, 'BED', 4, 10, 10],
  ['Prednisone', '泼尼松', 'H02AB07', [], 5, 'tablet', 'oral', 20, 'AM', 2.5, 60, 80],
  ['Levothyroxine', '左甲状腺素', 'H03AA01', [], 50, 'tablet', 'oral', 50, 'AM', 12.5, 300, 300, { unit: 'ug' }],
  ['Diazepam', '地西泮', 'N05BA01', ['benzodiazepines'], 2.5, 'tablet', 'oral', 2.5, 'BED', 2, 10, 40],
  ['Folic acid', '叶酸', 'B03BB01', [], 5, 'tablet', 'oral', 5, 'QD', 0.4, 5, 15],
  ['Ferrous sulfate', '硫酸亚铁', 'B03AA07', [], 300, 'tablet', 'oral', 300, 'TID', 150, 600, 1200],
];

export const medicines: readonly Medicine[] = rows.map(([en, zh, atc, groups, strength, form, route, dose, frequency, low, high, maximumADay, more]) => ({
  en, zh, atc, groups, strength, form, route, dose, frequency, range: [low, high], maximumADay,
  unit: more?.unit ?? 'mg',
  ...(more?.perKg !== undefined && { maximumADayPerKg: more.perKg }),
}));

const byAtc = new Map(medicines.map((medicine) => [medicine.atc, medicine]));
export const medicineOf = (atc: string | undefined): Medicine | undefined => (atc === undefined ? undefined : byAtc.get(atc));

/** What is looked up by the name of a substance, whoever wrote it. */
const groupNames: readonly (readonly [AllergyGroup, RegExp])[] = [
  ['penicillins', /penicillin|cillin\b|青霉素|西林/i],
  ['cephalosporins', /cephalospor|\bcef|\bceph|头孢/i],
  ['macrolides', /macrolide|thromycin|大环内酯|红霉素|阿奇霉素|克拉霉素/i],
  ['fluoroquinolones', /quinolone|floxacin|喹诺酮|沙星/i],
  ['tetracyclines', /cycline|四环素|环素/i],
  ['sulfonamides', /sul(f|ph)onamide|\bsulfa\b|sul(f|ph)ameth|磺胺/i],
  ['nsaids', /nsaid|anti-?inflammator|aspirin|acetylsalicylic|ibuprofen|diclofenac|naproxen|非甾体|阿司匹林|布洛芬|双氯芬酸/i],
  ['ace-inhibitors', /ace inhibitor|\w+pril\b|普利/i],
  ['statins', /statin|他汀/i],
  ['benzodiazepines', /benzodiazepine|azepam|苯二氮|西泮/i],
];

/** The groups that a substance or drug belongs to by its name. */
export const groupsOfName = (name: string): AllergyGroup[] => groupNames.filter(([, pattern]) => pattern.test(name)).map(([group]) => group);
