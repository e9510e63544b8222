/** One line per field issue code. */
export const issues = {
  required: 'Please fill this in',
  'too-long': 'Too long: at most {{limit}} characters',
  'out-of-range': 'Outside the possible range',
  'invalid-date': 'Not a real date; write it as YYYY-MM-DD',
  'date-in-future': 'This date is in the future',
  'invalid-number': 'Please enter a whole number',
  'invalid-phone': 'Only digits, spaces and + ( ) - are possible',
  'invalid-national-id': 'Not a valid national id: 18 characters with the right check digit',
  'differs-from-national-id': 'Differs from the birthday in the national id',
  'invalid-photo': 'Please choose a JPEG, PNG or WebP picture',
  'invalid-username': 'Only letters, digits, dot, hyphen and underscore',
  'password-too-short': 'At least {{limit}} characters; a short sentence is good',
  'discharge-before-admission': 'The discharge lies before the admission',
  invalid: 'This value is not possible',
} as const;
