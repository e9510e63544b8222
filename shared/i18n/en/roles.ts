export const roles = {
  admin: 'Administrator',
  doctor: 'Doctor',
  nurse: 'Nurse',
  'front-desk': 'Front desk',
} as const;
