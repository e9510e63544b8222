import { z } from 'zod';
import { roles } from '../permissions.ts';
import { requiredText, type Stored } from './document.ts';

export const usernameSchema = requiredText(64)
  .toLowerCase()
  .regex(/^[\p{L}\p{N}._-]+$/u, { error: 'invalid-username' });

/** At least ten characters; length beats composition rules (NIST SP 800-63B §3.1.1). */
export const newPasswordSchema = z.string().min(10, { error: 'password-too-short' }).max(256, { error: 'too-long' });

export const userContentSchema = z.object({
  username: usernameSchema,
  displayName: requiredText(100),
  role: z.enum(roles),
  department: requiredText(100).optional(),
  active: z.boolean(),
});
export type UserContent = z.infer<typeof userContentSchema>;
export type User = Stored<UserContent>;
