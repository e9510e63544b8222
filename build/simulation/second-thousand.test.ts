import { holdsFor } from './two-thousand.ts';

holdsFor(2_001_000, 930, 'small');
holdsFor(2_010_000, 70, 'whole');
