import { z } from 'zod';
import { optionalText, requiredText, type Stored } from './document.ts';

/** A `snippet` is put where somebody writes; a `record` template fills the sections of a medical record. */
export const textTemplateKinds = ['snippet', 'record'] as const;

/** The sections of a medical record that a template fills. */
export const templateSections = ['chiefComplaint', 'diagnosis', 'treatment', 'prescription'] as const;
export type TemplateSection = (typeof templateSections)[number];

const longText = optionalText(20_000);

const textTemplateFields = z.object({
  kind: z.enum(textTemplateKinds, { error: 'required' }),
  title: requiredText(100),
  /** Typed after a full stop it becomes the text: `.cold `. Letters and digits of any script, so that a full stop within a sentence is none. */
  shortcut: optionalText(30).refine((value) => value === undefined || /^[\p{L}\p{N}_-]+$/u.test(value), { error: 'invalid-shortcut' }),
  /** Whose it is; absent: everybody's. */
  department: optionalText(100),
  /** Of a snippet. */
  text: longText,
  chiefComplaint: longText,
  diagnosis: longText,
  treatment: longText,
  prescription: longText,
});

export const textTemplateContentSchema = textTemplateFields;
export type TextTemplateContent = z.infer<typeof textTemplateContentSchema>;
export type TextTemplate = Stored<TextTemplateContent>;

/** What is filled in: a template without a text is none. */
export const textTemplateInputSchema = z.strictObject(textTemplateFields.shape).superRefine((template, context) => {
  if (template.kind === 'snippet' && template.text === undefined) context.addIssue({ code: 'custom', path: ['text'], message: 'required' });
  if (template.kind === 'record' && templateSections.every((section) => template[section] === undefined)) {
    context.addIssue({ code: 'custom', path: ['chiefComplaint'], message: 'required' });
  }
});
export type TextTemplateInput = z.infer<typeof textTemplateInputSchema>;
