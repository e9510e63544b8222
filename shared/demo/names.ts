import type { Random } from './random.ts';

type Words = readonly [string, ...string[]];
const words = (text: string): Words => text.split(' ') as unknown as Words;

/** The commonest surnames of the 2020 census, the first ones repeated by their share. */
const surnames = words(
  '王 王 王 王 李 李 李 李 张 张 张 张 刘 刘 刘 陈 陈 陈 杨 杨 黄 黄 赵 赵 吴 吴 周 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤 欧阳 上官 司马 诸葛 单 仇 区 查',
);
const maleGiven = words('伟 强 磊 军 勇 杰 涛 超 明 刚 平 辉 鹏 华 飞 鑫 波 斌 宇 浩 凯 健 俊 帆 帅 旭 宁 龙 林 阳 建华 建国 志强 志明 文博 子轩 浩然 宇轩 俊杰 天佑 国庆 海涛 晓东 永强 家豪 明远 思远 泽宇 一鸣 承志');
const femaleGiven = words('芳 娜 敏 静 丽 艳 娟 霞 秀英 燕 玲 桂英 丹 萍 红 玉兰 慧 莹 婷 雪 倩 琳 颖 洁 梅 欣 怡 佳 蕾 媛 秀兰 桂兰 雪梅 晓燕 梓涵 诗涵 欣怡 雨桐 思琪 可馨 美玲 丽华 春梅 淑珍 佳怡 若曦 语嫣 小红 晓敏 婉清');
const latinMale = words('James Oliver Ahmed Mateo Lukas Noah Daniel Samuel Ivan Rafael Tomás Hiroshi Minjun André Yusuf');
const latinFemale = words('Emma Sofia Fatima Olivia Hannah Zoë Chloe Amina Lucía Mariana Yuki Seoyeon Ingrid Priya Renée');
const latinSurnames = words("Smith García Müller Kim Tanaka Nguyen O'Brien Silva Haddad Johansson Kowalski Okafor Rossi Dubois Singh");

/** A made-up person's name; about one in twelve is Latin. */
export function demoName(random: Random, gender: 'male' | 'female'): string {
  const male = gender === 'male';
  if (random.chance(0.08)) return `${random.pick(male ? latinMale : latinFemale)} ${random.pick(latinSurnames)}`;
  return random.pick(surnames) + random.pick(male ? maleGiven : femaleGiven);
}
