import { z } from 'zod';
import { roles } from '../permissions.ts';
import { requiredText, type Stored } from './document.ts';

export const usernameSchema = requiredText(64)
  .toLowerCase()
  .regex(/^[\p{L}\p{N}._-]+$/u, { error: 'invalid-username' });

/** At least ten characters; length beats composition rules (NIST SP 800-63B §3.1.1). */
export const newPasswordSchema = z.string().min(10, { error: 'password-too-short' }).max(256, { error: 'too-long' });

/**
 * The public half of the key that a user's password stands for, and the password's salt, base64: enough for any workstation to seal its
 * own database key to the user, who then signs in there with the same password.
 */
export const credentialSchema = z.object({ salt: z.base64().max(200), publicKey: z.base64().max(200) });
export type Credential = z.infer<typeof credentialSchema>;

export const userContentSchema = z.object({
  username: usernameSchema,
  displayName: requiredText(100),
  role: z.enum(roles),
  department: requiredText(100).optional(),
  active: z.boolean(),
  credential: credentialSchema.optional(),
});
export type UserContent = z.infer<typeof userContentSchema>;
export type User = Stored<UserContent>;
