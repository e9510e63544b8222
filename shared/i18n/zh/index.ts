export { app } from './app.ts';
export { audit } from './audit.ts';
export { common } from './common.ts';
export { errors as error } from './errors.ts';
export { issues as issue } from './issues.ts';
export { roles as role } from './roles.ts';
