import type { z } from 'zod';
import type { Permission } from '../permissions.ts';

/**
 * Who may make a call: `public` before sign-in, `session` any signed-in user, or a permission. A locked
 * session may make public calls only.
 */
export type Access = 'public' | 'session' | Permission;

/** One entry of the contract between renderer and backend. */
export interface CallDefinition<Input extends z.ZodType = z.ZodType, Output = unknown, Needs extends Access = Access> {
  access: Needs;
  /** Parses what crossed the boundary; the backend trusts nothing else. */
  input: Input;
  /** Carries the answer's type only; the backend is trusted by the renderer. */
  output?: Output;
}

/** Declares a call: `call('patient.read', schema)<Answer>()`. */
export const call =
  <const Needs extends Access, Input extends z.ZodType>(access: Needs, input: Input) =>
  <Output>(): CallDefinition<Input, Output, Needs> => ({ access, input });
