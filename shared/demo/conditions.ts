import type { RecordKind } from '../schema/medical-record.ts';
import type { Language } from '../schema/setting.ts';

/** What a made-up encounter says, in one language. */
export interface DemoCondition {
  kind: RecordKind;
  department: string;
  chiefComplaint: string;
  diagnosis: string;
  treatment: string;
  prescription: string;
}

type Row = readonly [RecordKind, string, string, string, string, string];

const chinese: readonly Row[] = [
  ['outpatient', '内科', '咳嗽、咳痰3天，伴低热', '急性支气管炎（J20.9）', '多饮水，注意休息，雾化吸入', '氨溴索片 30mg 口服 每日3次 共5天'],
  ['outpatient', '内科', '反复头晕1周，测血压165/95mmHg', '原发性高血压（I10）', '低盐饮食，监测血压，1周后复诊', '氨氯地平片 5mg 口服 每日1次 共14天'],
  ['outpatient', '内科', '多饮、多尿2月，空腹血糖9.8mmol/L', '2型糖尿病（E11.9）', '糖尿病饮食，适量运动，监测血糖', '二甲双胍片 0.5g 口服 每日2次 共30天'],
  ['outpatient', '儿科', '发热1天，最高38.9℃，流涕', '急性上呼吸道感染（J06.9）', '物理降温，多饮温水，观察精神状态', '布洛芬混悬液 5ml 口服 必要时，间隔6小时'],
  ['outpatient', '儿科', '腹泻2天，每日5至6次稀水便', '急性胃肠炎（A09）', '口服补液，清淡饮食', '口服补液盐III 1袋 每次便后 共3天'],
  ['outpatient', '骨科', '左膝疼痛半年，上下楼加重', '膝骨关节炎（M17.9）', '减少负重，股四头肌锻炼，热敷', '塞来昔布胶囊 0.2g 口服 每日1次 共7天'],
  ['outpatient', '皮肤科', '双手皮疹伴瘙痒2周', '接触性皮炎（L25.9）', '避免接触洗涤剂，保湿', '糠酸莫米松乳膏 外用 每日1次 共7天'],
  ['outpatient', '妇产科', '停经12周，产前检查', '正常妊娠监督（Z34.9）', '建立孕产妇保健手册，复查血常规及B超', '叶酸片 0.4mg 口服 每日1次 共30天'],
  ['outpatient', '眼科', '双眼干涩、异物感1月', '干眼症（H04.1）', '减少用眼时间，热敷', '玻璃酸钠滴眼液 1滴 每日4次 共30天'],
  ['emergency', '急诊科', '转移性右下腹痛8小时', '急性阑尾炎（K35.8）', '禁食，完善血常规及腹部超声，外科会诊', '头孢曲松钠 2.0g 静滴 立即'],
  ['emergency', '急诊科', '右踝扭伤2小时，肿胀', '踝关节扭伤（S93.4）', '冰敷、制动、抬高患肢，X线未见骨折', '双氯芬酸钠凝胶 外用 每日3次 共5天'],
  ['emergency', '急诊科', '进食海鲜后全身风团1小时', '急性荨麻疹（L50.9）', '观察生命体征，避免可疑食物', '氯雷他定片 10mg 口服 每日1次 共5天'],
  ['inpatient', '内科', '发热、咳嗽5天，气促1天', '社区获得性肺炎（J18.9）', '吸氧，抗感染，化痰，复查胸片', '左氧氟沙星 0.5g 静滴 每日1次 共7天'],
  ['inpatient', '心内科', '活动后胸闷3天，双下肢水肿', '慢性心力衰竭（I50.9）', '限盐限水，利尿，记录出入量', '呋塞米片 20mg 口服 每日1次；螺内酯片 20mg 口服 每日1次'],
];

const english: readonly Row[] = [
  ['outpatient', 'Internal medicine', 'Cough with sputum for 3 days, low fever', 'Acute bronchitis (J20.9)', 'Fluids, rest, nebuliser', 'Ambroxol 30 mg by mouth three times a day, 5 days'],
  ['outpatient', 'Internal medicine', 'Dizzy on and off for a week, BP 165/95 mmHg', 'Essential hypertension (I10)', 'Low-salt diet, home readings, review in a week', 'Amlodipine 5 mg by mouth once a day, 14 days'],
  ['outpatient', 'Internal medicine', 'Thirst and frequent urination for 2 months, fasting glucose 9.8 mmol/L', 'Type 2 diabetes mellitus (E11.9)', 'Diet, exercise, glucose diary', 'Metformin 500 mg by mouth twice a day, 30 days'],
  ['outpatient', 'Paediatrics', 'Fever for a day, up to 38.9 °C, runny nose', 'Acute upper respiratory infection (J06.9)', 'Tepid sponging, fluids, watch alertness', 'Ibuprofen suspension 5 mL when needed, at least 6 hours apart'],
  ['outpatient', 'Orthopaedics', 'Left knee pain for half a year, worse on stairs', 'Osteoarthritis of knee (M17.9)', 'Less load, quadriceps exercises, warmth', 'Celecoxib 200 mg by mouth once a day, 7 days'],
  ['outpatient', 'Dermatology', 'Itchy rash on both hands for 2 weeks', 'Contact dermatitis (L25.9)', 'Avoid detergents, emollient', 'Mometasone cream once a day, 7 days'],
  ['emergency', 'Emergency', 'Pain moving to the right lower abdomen, 8 hours', 'Acute appendicitis (K35.8)', 'Nil by mouth, blood count, ultrasound, surgical review', 'Ceftriaxone 2 g IV now'],
  ['emergency', 'Emergency', 'Twisted right ankle 2 hours ago, swollen', 'Sprain of ankle (S93.4)', 'Ice, rest, elevation; no fracture on X-ray', 'Diclofenac gel three times a day, 5 days'],
  ['inpatient', 'Internal medicine', 'Fever and cough for 5 days, short of breath for 1', 'Community-acquired pneumonia (J18.9)', 'Oxygen, antibiotics, repeat chest X-ray', 'Levofloxacin 500 mg IV once a day, 7 days'],
];

const toCondition = ([kind, department, chiefComplaint, diagnosis, treatment, prescription]: Row): DemoCondition =>
  ({ kind, department, chiefComplaint, diagnosis, treatment, prescription });

/** Made-up encounters by language; never empty. */
export const demoConditions: Readonly<Record<Language, readonly [DemoCondition, ...DemoCondition[]]>> = {
  zh: chinese.map(toCondition) as [DemoCondition, ...DemoCondition[]],
  en: english.map(toCondition) as [DemoCondition, ...DemoCondition[]],
};

export const demoDepartments = (language: Language): string[] => [...new Set(demoConditions[language].map(({ department }) => department))];
