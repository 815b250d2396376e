/** Accounts that sign in with e-mail and password. They exist in the emulator only. accounts.json tells people. */
export interface SeedAccount {
  readonly uid: string;
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export const seedAccounts: readonly SeedAccount[] = [
  {
    uid: 'member-sora',
    email: 'sora@doctorpitch.example',
    password: 'local-sora-1234',
    displayName: '소라',
    claims: {},
  },
  {
    uid: 'operator-1',
    email: 'operator@doctorpitch.example',
    password: 'local-operator-1234',
    displayName: '닥터피치 운영팀',
    claims: { role: 'operator' },
  },
  {
    uid: 'staff-gangnam-01',
    email: 'staff@doctorpitch.example',
    password: 'local-staff-1234',
    displayName: '라온결성형외과의원 상담실',
    claims: { hospitalIds: ['h-gangnam-01'] },
  },
];
