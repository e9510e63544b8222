import type { ImportField, ImportMapping } from '../contract/exchange.ts';
import type { Gender } from '../schema/patient.ts';
import type { Language } from '../schema/setting.ts';
import { compact } from '../search/normalise.ts';

interface Names {
  zh: readonly [string, ...string[]];
  en: readonly [string, ...string[]];
}

/**
 * What a patient's columns are called, in the order in which they are exported. The first name of each language heads
 * our own exports; the others are what registers, spreadsheets and other programs call them.
 */
export const patientColumns: Readonly<Record<ImportField, Names>> = {
  name: {
    zh: ['姓名', '患者姓名', '病人姓名', '就诊人', '就诊人姓名', '名字'],
    en: ['Name', 'Full name', 'Patient', 'Patient name'],
  },
  gender: { zh: ['性别', '患者性别'], en: ['Gender', 'Sex', 'Patient gender', 'Patient sex'] },
  birthday: {
    zh: ['出生日期', '生日', '出生年月日', '出生年月', '出生时间'],
    en: ['Birthday', 'Birth date', 'Birthdate', 'Date of birth', 'DOB', 'Born'],
  },
  estimatedBirthYear: { zh: ['估计出生年份', '出生年份', '出生年'], en: ['Estimated birth year', 'Birth year', 'Year of birth'] },
  age: { zh: ['年龄', '岁数', '周岁'], en: ['Age', 'Patient age'] },
  phone: {
    zh: ['电话', '手机', '联系电话', '手机号', '手机号码', '电话号码', '移动电话', '本人电话', '联系方式'],
    en: ['Phone', 'Phone number', 'Telephone', 'Telephone number', 'Tel', 'Mobile', 'Mobile phone', 'Mobile number', 'Cell phone', 'Contact number'],
  },
  address: {
    zh: ['地址', '住址', '家庭住址', '家庭地址', '现住址', '居住地址', '联系地址', '常住地址', '户籍地址'],
    en: ['Address', 'Home address', 'Street address', 'Residence'],
  },
  nationalId: {
    zh: ['身份证号', '身份证', '身份证号码', '公民身份号码', '居民身份证号', '居民身份证号码', '证件号', '证件号码'],
    en: ['National ID', 'National ID number', 'ID number', 'ID card', 'ID card number', 'Identity number', 'Identity card'],
  },
  insuranceNumber: {
    zh: ['医保号', '保险号', '医保卡号', '医保编号', '医疗保险号', '社保号', '社保卡号', '保险卡号'],
    en: ['Insurance number', 'Insurance no', 'Insurance', 'Insurance ID', 'Health insurance number', 'Medical insurance number'],
  },
  emergencyContactName: {
    zh: ['紧急联系人', '紧急联系人姓名', '联系人', '联系人姓名', '家属姓名', '监护人'],
    en: ['Emergency contact', 'Emergency contact name', 'Contact name', 'Next of kin'],
  },
  emergencyContactRelationship: {
    zh: ['紧急联系人关系', '与患者关系', '联系人关系', '关系'],
    en: ['Emergency contact relationship', 'Relationship', 'Contact relationship'],
  },
  emergencyContactPhone: {
    zh: ['紧急联系人电话', '联系人电话', '紧急联系电话', '紧急电话', '家属电话'],
    en: ['Emergency contact phone', 'Emergency phone', 'Contact phone', 'Next of kin phone'],
  },
  notes: { zh: ['备注', '说明', '注意事项', '备注与提醒'], en: ['Notes', 'Note', 'Remarks', 'Remark', 'Comment', 'Comments'] },
};

/** The first name of each gender is exported; the others are read too, with the codes of GB/T 2261.1 (0, 1, 2, 9). */
export const genderNames: Readonly<Record<Gender, Names>> = {
  male: { zh: ['男', '男性', '先生'], en: ['male', 'm', 'man', 'boy', '1'] },
  female: { zh: ['女', '女性', '女士'], en: ['female', 'f', 'woman', 'girl', '2'] },
  other: { zh: ['其他', '其它'], en: ['other', 'o', 'x'] },
  unknown: { zh: ['未知', '不详', '未说明', '未说明的性别', '未知的性别'], en: ['unknown', 'u', 'unspecified', '0', '9'] },
};

const lookUp = <Key extends string>(table: Readonly<Record<Key, Names>>): ReadonlyMap<string, Key> =>
  new Map(
    (Object.entries(table) as [Key, Names][]).flatMap(([key, { zh, en }]) => [...zh, ...en].map((name): [string, Key] => [compact(name), key])),
  );

const fieldByName: ReadonlyMap<string, ImportField> = new Map([
  ...lookUp(patientColumns),
  // Field names as programs write them.
  ...(Object.keys(patientColumns) as ImportField[]).map((field): [string, ImportField] => [compact(field), field]),
]);
const genderByName = lookUp(genderNames);

/**
 * Which column is likely to hold which field, by the header's Chinese or English names, whatever their case, spaces,
 * width and remarks in brackets: `*出生日期（年-月-日）` is the birthday. The first of several such columns is taken.
 */
export function suggestMapping(columns: readonly string[]): ImportMapping {
  const mapping: ImportMapping = {};
  columns.forEach((column, index) => {
    const field = fieldByName.get(compact(column)) ?? fieldByName.get(compact(column.replace(/[(（[【].*/, '')));
    if (field !== undefined) mapping[field] ??= index;
  });
  return mapping;
}

/** The gender that a cell names; undefined for a word that is none. */
export const parseGender = (cell: string): Gender | undefined => genderByName.get(compact(cell));

export const genderName = (gender: Gender, language: Language): string => genderNames[gender][language][0];
