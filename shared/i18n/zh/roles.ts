import type { roles as source } from '../en/roles.ts';
import type { Translated } from '../shape.ts';

export const roles = {
  admin: '管理员',
  doctor: '医生',
  nurse: '护士',
  'front-desk': '前台',
} as const satisfies Translated<typeof source>;
