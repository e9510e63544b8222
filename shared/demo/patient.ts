import { nationalIdCheckCharacter } from '../patients/national-id.ts';
import type { PatientInput } from '../schema/patient.ts';
import { demoName } from './names.ts';
import type { Random } from './random.ts';

type Words = readonly [string, ...string[]];
type Region = readonly [code: string, place: string];

/** GB/T 2260 county codes and the places they stand for. */
const regions: readonly [Region, ...Region[]] = [
  ['110105', '北京市朝阳区'], ['310104', '上海市徐汇区'], ['440106', '广东省广州市天河区'], ['510104', '四川省成都市锦江区'],
  ['330106', '浙江省杭州市西湖区'], ['420106', '湖北省武汉市武昌区'], ['610103', '陕西省西安市碑林区'], ['530103', '云南省昆明市盘龙区'],
  ['320102', '江苏省南京市玄武区'], ['370102', '山东省济南市历下区'], ['430102', '湖南省长沙市芙蓉区'], ['620102', '甘肃省兰州市城关区'],
];
const streets: Words = ['人民路', '解放大道', '中山北路', '建设街', '和平巷', '文化路', '新华街', '长江路', '青年路', '幸福里'];
const mobilePrefixes: Words = ['130', '135', '136', '138', '139', '150', '158', '177', '186', '189', '198'];
const relationships: Words = ['配偶', '父亲', '母亲', '儿子', '女儿', '兄弟', '朋友'];
const notes: Words = ['青霉素过敏', '高血压病史', '行动不便，需轮椅', '糖尿病，定期随访', 'Prefers English', '听力减退，请大声说'];

const digits = (value: number, length: number) => String(value).padStart(length, '0');

/** A made-up patient, born before the day `today` (`YYYY-MM-DD`), valid by the schema of the patient form. */
export function demoPatient(random: Random, today: string): PatientInput {
  const gender = random.chance(0.5) ? 'female' : 'male';
  const [regionCode, place] = random.pick(regions);
  const birthday = demoBirthday(random, today);
  const known = random.chance(0.93);
  return {
    name: demoName(random, gender),
    gender,
    ...(known ? { birthday } : { estimatedBirthYear: Number(birthday.slice(0, 4)) }),
    address: `${place}${random.pick(streets)}${1 + random.below(300)}号${1 + random.below(30)}栋${1 + random.below(30)}0${1 + random.below(4)}室`,
    phone: random.pick(mobilePrefixes) + digits(random.below(100_000_000), 8),
    nationalId: known && random.chance(0.8) ? demoNationalId(random, regionCode, birthday, gender) : undefined,
    ...(random.chance(0.6) && { insuranceNumber: `YB${digits(random.below(1_000_000_000), 9)}` }),
    ...(random.chance(0.3) && {
      emergencyContact: {
        name: demoName(random, random.chance(0.5) ? 'male' : 'female'),
        relationship: random.pick(relationships),
        phone: random.pick(mobilePrefixes) + digits(random.below(100_000_000), 8),
      },
    }),
    ...(random.chance(0.12) && { notes: random.pick(notes) }),
  };
}

/** Ages as in a clinic: more old people and small children than in the street. */
function demoBirthday(random: Random, today: string): string {
  const age = random.chance(0.18) ? random.below(10) : 10 + Math.floor((random.below(80) + random.below(80)) / 2);
  const year = Number(today.slice(0, 4)) - age - 1;
  return `${year}-${digits(1 + random.below(12), 2)}-${digits(1 + random.below(28), 2)}`;
}

function demoNationalId(random: Random, regionCode: string, birthday: string, gender: 'male' | 'female'): string {
  const order = random.below(500) * 2 + (gender === 'male' ? 1 : 0);
  const first17 = regionCode + birthday.replaceAll('-', '') + digits(order, 3);
  return first17 + nationalIdCheckCharacter(first17);
}
