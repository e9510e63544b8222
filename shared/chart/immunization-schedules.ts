import type { Gender } from '../schema/patient.ts';

/** A vaccine by its CVX code, with other codes under which the same protection is given. */
export interface Vaccine {
  key: string;
  cvx: string;
  en: string;
  zh: string;
  /** CVX codes that count as this vaccine: combinations, and products of other countries. */
  counts?: readonly string[];
}

export const vaccines: readonly Vaccine[] = [
  { key: 'hepB', cvx: '08', en: 'Hepatitis B', zh: '乙肝疫苗', counts: ['43', '45', '102', '110', '146', '198'] },
  { key: 'bcg', cvx: '19', en: 'BCG', zh: '卡介苗' },
  { key: 'polio', cvx: '10', en: 'Poliomyelitis', zh: '脊灰疫苗', counts: ['02', '89', '178', '179', '182', '110', '120', '130', '146', '198'] },
  { key: 'dtp', cvx: '20', en: 'Diphtheria, tetanus, pertussis', zh: '百白破疫苗', counts: ['01', '102', '106', '107', '110', '115', '120', '130', '146', '198'] },
  { key: 'hib', cvx: '17', en: 'Haemophilus influenzae type b', zh: 'b型流感嗜血杆菌疫苗', counts: ['47', '48', '49', '102', '120', '146', '198'] },
  { key: 'pcv', cvx: '133', en: 'Pneumococcal conjugate', zh: '肺炎球菌结合疫苗', counts: ['152', '177', '215', '216'] },
  { key: 'rotavirus', cvx: '122', en: 'Rotavirus', zh: '轮状病毒疫苗', counts: ['116', '119'] },
  { key: 'measles', cvx: '03', en: 'Measles, mumps, rubella', zh: '麻腮风疫苗', counts: ['04', '05', '94'] },
  { key: 'je', cvx: '129', en: 'Japanese encephalitis, live', zh: '乙脑减毒活疫苗', counts: ['39', '134'] },
  { key: 'menA', cvx: '191', en: 'Meningococcal A', zh: 'A群流脑多糖疫苗' },
  { key: 'menAC', cvx: '192', en: 'Meningococcal A and C', zh: 'A群C群流脑多糖疫苗' },
  { key: 'hepA', cvx: '85', en: 'Hepatitis A, live', zh: '甲肝减毒活疫苗', counts: ['83', '52', '104'] },
  { key: 'hpv', cvx: '118', en: 'Human papillomavirus', zh: 'HPV疫苗', counts: ['62', '137', '165'] },
  { key: 'influenza', cvx: '88', en: 'Influenza', zh: '流感疫苗', counts: ['140', '141', '150', '158', '185'] },
  { key: 'tetanus', cvx: '35', en: 'Tetanus', zh: '破伤风疫苗', counts: ['09', '113', '115'] },
  { key: 'rabies', cvx: '90', en: 'Rabies', zh: '狂犬病疫苗', counts: ['18', '175', '176'] },
  { key: 'covid', cvx: '213', en: 'COVID-19', zh: '新冠疫苗', counts: ['207', '208', '210', '212', '217', '218', '219'] },
];

/** One dose of a schedule: due at so many months (weeks where given) after birth. */
export interface ScheduledDose {
  vaccine: string;
  dose: number;
  months?: number;
  weeks?: number;
  gender?: Extract<Gender, 'female'>;
}

const doses = (vaccine: string, ...months: number[]): ScheduledDose[] => months.map((at, index) => ({ vaccine, dose: index + 1, months: at }));
const weekly = (vaccine: string, ...weeks: number[]): ScheduledDose[] => weeks.map((at, index) => ({ vaccine, dose: index + 1, weeks: at }));
const later = (vaccine: string, dose: number, months: number): ScheduledDose => ({ vaccine, dose, months });

export interface Schedule {
  doses: readonly ScheduledDose[];
  /** By vaccine: days that must lie between its doses, the first and second first; the last one holds for all after it, and 28 where none is given. */
  intervals: Readonly<Record<string, readonly number[]>>;
  /** By vaccine: months of age from which no dose is made up for. */
  until: Readonly<Record<string, number>>;
}

export const schedules = {
  /** China's National Immunization Program, as of 2025; intervals and ages after its procedures and notes (国家免疫规划疫苗儿童免疫程序及说明, 2021). */
  china: {
    doses: [
      ...doses('hepB', 0, 1, 6),
      ...doses('bcg', 0),
      ...doses('polio', 2, 3, 4, 48),
      ...doses('dtp', 2, 4, 6, 18, 72),
      ...doses('measles', 8, 18),
      ...doses('je', 8, 24),
      ...doses('menA', 6, 9),
      ...doses('menAC', 36, 72),
      ...doses('hepA', 18),
      ...doses('hpv', 156, 162).map((dose): ScheduledDose => ({ ...dose, gender: 'female' })),
    ],
    intervals: { hepB: [28, 60], dtp: [28, 28, 180, 365], je: [365], menA: [90], menAC: [3 * 365], hpv: [150] },
    until: { bcg: 48, menA: 24 },
  },
  /** WHO recommendations for routine immunisation, summary tables 1 to 3; boosters against tetanus four years apart, and two doses against HPV half a year, after the position papers of 2017 and 2022. */
  who: {
    doses: [
      ...doses('bcg', 0),
      { vaccine: 'hepB', dose: 1, months: 0 }, { vaccine: 'hepB', dose: 2, weeks: 6 }, { vaccine: 'hepB', dose: 3, weeks: 14 },
      ...weekly('polio', 6, 10, 14),
      ...weekly('dtp', 6, 10, 14), later('dtp', 4, 15), later('dtp', 5, 60), later('dtp', 6, 132),
      ...weekly('hib', 6, 10, 14),
      ...weekly('pcv', 6, 10, 14),
      ...weekly('rotavirus', 6, 10),
      ...doses('measles', 9, 15),
      ...doses('hpv', 108, 114).map((dose): ScheduledDose => ({ ...dose, gender: 'female' })),
    ],
    intervals: { dtp: [28, 28, 180, 4 * 365], hpv: [180] },
    until: { rotavirus: 24, hib: 60 },
  },
} satisfies Record<string, Schedule>;
export type ScheduleName = keyof typeof schedules;
export const scheduleNames = Object.keys(schedules) as ScheduleName[];

export const vaccineOf = (key: string): Vaccine => vaccines.find((vaccine) => vaccine.key === key) as Vaccine;
