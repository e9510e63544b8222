import { holdsFor } from './two-thousand.ts';

// In two files, so that two processes share them.
holdsFor(2_000_000, 1000, 'small');
