import { codeSystems, type CodeableConcept } from '../schema/fhir-types.ts';
import { rangesOfChildren } from './laboratory-ranges-of-children.ts';
import type { RangeRow } from './reference-ranges.ts';

/** A laboratory test with one value. */
export interface LaboratoryTest {
  loinc: string;
  en: string;
  zh: string;
  unit: string;
  ucum: string;
  ranges: readonly RangeRow[];
}

/** What is ordered together. */
export interface LaboratoryPanel {
  loinc: string;
  en: string;
  zh: string;
  tests: readonly string[];
}

type Row = [loinc: string, en: string, zh: string, unit: string, ucum: string, ranges: RangeRow[]];

type Limits = Pick<RangeRow, 'low' | 'high'>;
type Critical = NonNullable<RangeRow['critical']>;

/**
 * What holds of grown men and women. A child's blood is another: held against an adult's range a healthy one is flagged, so that of a
 * child without a range of its age, and of somebody whose sex is not known, critical values alone are told.
 */
const grown = (male: Limits, female: Limits, critical?: Critical): RangeRow[] => {
  const acute = critical === undefined ? {} : { critical };
  return [{ ages: [18, 200], gender: 'male', ...male, ...acute }, { ages: [18, 200], gender: 'female', ...female, ...acute }, acute];
};
const ofBoth = (limits: Limits, critical?: Critical): RangeRow[] => {
  const acute = critical === undefined ? {} : { critical };
  return [{ ages: [18, 200], ...limits, ...acute }, acute];
};

/** A child's ranges stand before the others, with the values that call for action at any age. */
const withChildren = (loinc: string, ranges: readonly RangeRow[]): RangeRow[] => {
  const { critical } = ranges.at(-1) ?? {};
  return [...(rangesOfChildren[loinc] ?? []).map((row) => ({ ...row, ...(critical && { critical }) })), ...ranges];
};

/** Ranges of adults after China's WS/T 404 and 405 and WHO; the laboratory's own range wins where it is written down. */
const rows: Row[] = [
  ['6690-2', 'Leukocytes', '白细胞', '10⁹/L', '10*9/L', ofBoth({ low: 3.5, high: 9.5 }, [1.5, 30])],
  ['789-8', 'Erythrocytes', '红细胞', '10¹²/L', '10*12/L', grown({ low: 4.3, high: 5.8 }, { low: 3.8, high: 5.1 })],
  ['718-7', 'Haemoglobin', '血红蛋白', 'g/L', 'g/L', grown({ low: 130, high: 175 }, { low: 115, high: 150 }, [60, 220])],
  ['4544-3', 'Haematocrit', '血细胞比容', '%', '%', grown({ low: 40, high: 50 }, { low: 35, high: 45 })],
  ['777-3', 'Platelets', '血小板', '10⁹/L', '10*9/L', ofBoth({ low: 125, high: 350 }, [30, 1000])],
  ['770-8', 'Neutrophils', '中性粒细胞百分比', '%', '%', ofBoth({ low: 40, high: 75 })],
  ['736-9', 'Lymphocytes', '淋巴细胞百分比', '%', '%', ofBoth({ low: 20, high: 50 })],
  ['1988-5', 'C-reactive protein', 'C反应蛋白', 'mg/L', 'mg/L', [{ high: 10 }]],
  ['14771-0', 'Fasting glucose', '空腹血糖', 'mmol/L', 'mmol/L', [{ low: 3.9, high: 6.1, critical: [2.8, 22.2] }]],
  ['4548-4', 'Haemoglobin A1c', '糖化血红蛋白', '%', '%', [{ low: 4, high: 6 }]],
  ['14682-9', 'Creatinine', '肌酐', 'µmol/L', 'umol/L', grown({ low: 57, high: 97 }, { low: 41, high: 73 }, [undefined, 650])],
  ['22664-7', 'Urea', '尿素', 'mmol/L', 'mmol/L', ofBoth({ low: 2.6, high: 7.5 }, [undefined, 35.7])],
  ['14933-6', 'Uric acid', '尿酸', 'µmol/L', 'umol/L', grown({ low: 208, high: 428 }, { low: 155, high: 357 })],
  ['2823-3', 'Potassium', '钾', 'mmol/L', 'mmol/L', [{ low: 3.5, high: 5.3, critical: [2.8, 6.2] }]],
  ['2951-2', 'Sodium', '钠', 'mmol/L', 'mmol/L', [{ low: 137, high: 147, critical: [120, 160] }]],
  ['2075-0', 'Chloride', '氯', 'mmol/L', 'mmol/L', [{ low: 99, high: 110 }]],
  ['1742-6', 'Alanine aminotransferase', '丙氨酸氨基转移酶', 'U/L', 'U/L', grown({ low: 9, high: 50 }, { low: 7, high: 40 })],
  ['1920-8', 'Aspartate aminotransferase', '天门冬氨酸氨基转移酶', 'U/L', 'U/L', grown({ low: 15, high: 40 }, { low: 13, high: 35 })],
  ['14631-6', 'Total bilirubin', '总胆红素', 'µmol/L', 'umol/L', grown({ high: 26 }, { high: 21 })],
  ['1751-7', 'Albumin', '白蛋白', 'g/L', 'g/L', ofBoth({ low: 40, high: 55 })],
  ['14647-2', 'Total cholesterol', '总胆固醇', 'mmol/L', 'mmol/L', ofBoth({ high: 5.2 })],
  ['14927-8', 'Triglycerides', '甘油三酯', 'mmol/L', 'mmol/L', ofBoth({ high: 1.7 })],
  ['14646-4', 'HDL cholesterol', '高密度脂蛋白胆固醇', 'mmol/L', 'mmol/L', ofBoth({ low: 1 })],
  ['22748-8', 'LDL cholesterol', '低密度脂蛋白胆固醇', 'mmol/L', 'mmol/L', ofBoth({ high: 3.4 })],
  ['3016-3', 'Thyrotropin', '促甲状腺激素', 'mIU/L', 'm[IU]/L', ofBoth({ low: 0.35, high: 4.94 })],
  ['6301-6', 'INR', '国际标准化比值', '', '{INR}', [{ low: 0.8, high: 1.2, critical: [undefined, 5] }]],
];

export const laboratoryTests: readonly LaboratoryTest[] = rows.map(([loinc, en, zh, unit, ucum, ranges]) => ({ loinc, en, zh, unit, ucum, ranges: withChildren(loinc, ranges) }));

export const laboratoryPanels: readonly LaboratoryPanel[] = [
  { loinc: '58410-2', en: 'Complete blood count', zh: '血常规', tests: ['6690-2', '789-8', '718-7', '4544-3', '777-3', '770-8', '736-9'] },
  { loinc: '24325-3', en: 'Liver function', zh: '肝功能', tests: ['1742-6', '1920-8', '14631-6', '1751-7'] },
  { loinc: '24362-6', en: 'Kidney function', zh: '肾功能', tests: ['14682-9', '22664-7', '14933-6'] },
  { loinc: '24326-1', en: 'Electrolytes', zh: '电解质', tests: ['2823-3', '2951-2', '2075-0'] },
  { loinc: '57698-3', en: 'Lipids', zh: '血脂', tests: ['14647-2', '14927-8', '14646-4', '22748-8'] },
];

const byLoinc = new Map(laboratoryTests.map((test) => [test.loinc, test]));
export const laboratoryTestOf = (loinc: string | undefined): LaboratoryTest | undefined => (loinc === undefined ? undefined : byLoinc.get(loinc));

/** The tests that an order's results consist of: a panel's, the one test itself, or none that is known. */
export function testsOfOrder(code: CodeableConcept): LaboratoryTest[] {
  const loinc = code.coding?.find(({ system }) => system === codeSystems.loinc)?.code;
  const panel = laboratoryPanels.find((one) => one.loinc === loinc);
  return (panel?.tests ?? [loinc]).map(laboratoryTestOf).filter((test) => test !== undefined);
}
