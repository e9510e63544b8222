/** Signing in and out, locking, recovering. */
export const sessions = {
  signIn: 'Sign in',
  forgot: 'Forgotten your password?',
  waitSeconds: 'You can try again in {{seconds}} s',
  tryAgainNow: 'You can try again now',
  recoverTitle: 'Set a new password with the recovery key',
  recoverHint: 'The recovery key was shown when the clinic was set up and should be kept on paper in a safe place. Without it, an administrator can set a new password for you under “Users”.',
  recoveryKey: 'Recovery key',
  recoveryKeyHint: 'Capital or small letters, with or without hyphens',
  newPassword: 'New password',
  passwordHint: 'At least 10 characters; a short sentence is easy to remember',
  setPassword: 'Set the password and sign in',
  locked: 'Locked',
  lockedFor: '{{name}} is signed in. What was open is kept as it was.',
  unlock: 'Unlock',
  otherUser: 'Sign out, and let somebody else sign in',
  otherUserHint: 'Open forms are closed then; what was typed is kept as a draft of {{name}}.',
} as const;
