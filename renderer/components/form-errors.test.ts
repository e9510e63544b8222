import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTranslator } from '../../shared/i18n/index.ts';
import { requiredText } from '../../shared/schema/document.ts';
import { formErrors, formErrorsOf, validateWith } from './form-errors.ts';

const t = createTranslator('en').t;

describe('field issues on a form', () => {
  test('stand at their dotted path, with the limit that was passed', () => {
    expect(formErrors([{ path: 'a.b', code: 'too-long', params: { limit: 40 } }], t)).toEqual({
      'a.b': 'Too long: at most 40 characters',
    });
  });

  test('the first issue of a field is the one shown', () => {
    const issues = [
      { path: 'name', code: 'required' },
      { path: 'name', code: 'invalid-username' },
    ];
    expect(formErrors(issues, t)).toEqual({ name: 'Please fill this in' });
  });

  test('a code without a text never shows its code', () => {
    expect(formErrors([{ path: 'x', code: 'Invalid input: expected string' }], t)).toEqual({ x: 'This value is not possible' });
  });

  test('only a refusal about fields has field errors', () => {
    expect(formErrorsOf({ code: 'disk-full' }, t)).toBeUndefined();
    expect(formErrorsOf({ code: 'invalid-input', issues: [{ path: 'x', code: 'required' }] }, t)).toEqual({ x: 'Please fill this in' });
  });

  test('a schema is the form’s check', () => {
    const validate = validateWith(z.object({ name: requiredText(3) }), t);
    expect(validate({ name: ' ' })).toEqual({ name: 'Please fill this in' });
    expect(validate({ name: '王' })).toEqual({});
  });
});
