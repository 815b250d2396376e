/** Accounts one can sign in as. They exist in the emulator only. accounts.json tells people. */
import type { Role } from '../functions/src/access/schema.ts';

export interface SeedAccount {
  readonly uid: string;
  readonly email: string;
  readonly displayName: string;
  /** Members sign in with a password; whoever holds a role does with a Google account. */
  readonly password?: string;
  readonly role?: Role;
  readonly hospitalIds?: readonly string[];
}

export const seedAccounts: readonly SeedAccount[] = [
  {
    uid: 'member-sora',
    email: 'sora@doctorpitch.example',
    displayName: '소라',
    password: 'local-sora-1234',
  },
  { uid: 'owner-1', email: 'owner@doctorpitch.example', displayName: '닥터피치 대표', role: 'owner' },
  {
    uid: 'operator-1',
    email: 'operator@doctorpitch.example',
    displayName: '닥터피치 운영팀',
    role: 'operator',
  },
  {
    uid: 'staff-gangnam-01',
    email: 'staff@doctorpitch.example',
    displayName: '라온결성형외과의원 상담실',
    role: 'hospitalStaff',
    hospitalIds: ['h-gangnam-01'],
  },
];
