/**
 * Which files of a mail belong to which of its registrations, and as what. Pure. Names decide: of the file, and of the
 * hospital, doctor or event. What is of all is listed with all; a licence that names nobody proves nobody's licence.
 */
import { fold } from '../kernel/folding.ts';
import { type NamedFile, paperRole, paperRoles } from './papers.ts';
import type { PaperRole, RegistrationKind } from './schema.ts';

export interface Claimant {
  readonly kind: RegistrationKind;
  /** Name of the hospital or doctor, title of the event; empty while not known. */
  readonly title: string;
  /** Row of the list it stood in, from 1. */
  readonly row: number | null;
}

export interface AssignedPaper {
  /** Of the file. */
  readonly index: number;
  readonly role: PaperRole;
}

/** Whose paper it is; of the others anybody. */
const owners: Readonly<Partial<Record<PaperRole, RegistrationKind>>> = {
  bizRegistration: 'hospital',
  openingCertificate: 'hospital',
  logo: 'hospital',
  bankAccount: 'hospital',
  medicalLicense: 'doctor',
  specialistCert: 'doctor',
  profile: 'doctor',
  main: 'event',
  detail: 'event',
  adReview: 'event',
};

/** Proof of one person: never shared on a guess. */
const personal: ReadonlySet<PaperRole> = new Set(['medicalLicense', 'specialistCert', 'profile']);
const ofAll = /전체|전원|모음|일괄|합본|통합/;

const shortest = 2;
const folded = (text: string) => fold(text).text;
const stem = (fileName: string) => fileName.replace(/\.[^.]{1,5}$/, '');

function namesTitle({ fileName }: NamedFile, { title }: Claimant): boolean {
  const wanted = folded(title);
  return wanted.length >= shortest && folded(stem(fileName)).includes(wanted);
}

/** `2번`, `이벤트2`, `3행_메인`, `02-상세`: a number of at most three digits that stands by itself. */
function namesRow({ fileName }: NamedFile, { row }: Claimant): boolean {
  if (row === null) return false;
  const numbers = [...stem(fileName).matchAll(/(?<![\d.])(\d{1,3})(?!\d)/g)].map(([, digits]) =>
    Number(digits),
  );
  return numbers.length === 1 && numbers[0] === row;
}

/** Indices of the claimants whose file it is. */
function holdersOf(file: NamedFile, role: PaperRole, claimants: readonly Claimant[]): number[] {
  const owner = owners[role];
  const all = [...claimants.keys()];
  const own = all.filter((index) => owner === undefined || claimants[index]?.kind === owner);
  const asked = own.length > 0 ? own : all;
  const by = (names: (file: NamedFile, claimant: Claimant) => boolean) =>
    asked.filter((index) => {
      const claimant = claimants[index];
      return claimant !== undefined && names(file, claimant);
    });
  const named = by(namesTitle);
  if (named.length > 0) return longestOf(named, claimants);
  const counted = by(namesRow);
  return counted.length > 0 && owner === 'event' ? counted : asked;
}

/** Of `쌍꺼풀` and `자연유착 쌍꺼풀` a name that holds both means the longer. */
function longestOf(indices: readonly number[], claimants: readonly Claimant[]): number[] {
  const lengthOf = (index: number) => folded(claimants[index]?.title ?? '').length;
  const longest = Math.max(...indices.map(lengthOf));
  return indices.filter((index) => lengthOf(index) === longest);
}

/** The papers of each claimant, in its order. Every file is somebody's. */
export function assignPapers(claimants: readonly Claimant[], files: readonly NamedFile[]): AssignedPaper[][] {
  const held = claimants.map((): AssignedPaper[] => []);
  for (const [index, file] of files.entries()) {
    const role = paperRole(file.fileName);
    const holders = holdersOf(file, role, claimants);
    const isGuess = personal.has(role) && holders.length > 1 && !ofAll.test(file.fileName);
    for (const holder of holders) held[holder]?.push({ index, role: isGuess ? 'other' : role });
  }
  return held.map((papers, holder) => {
    const kind = claimants[holder]?.kind ?? 'unknown';
    const own = papers.map(({ index }) => files[index]).filter((file) => file !== undefined);
    const roles = paperRoles(kind, own);
    return papers.map((paper, at) => ({
      ...paper,
      role: paper.role === 'other' ? otherOf(roles[at]) : (roles[at] ?? paper.role),
    }));
  });
}

/** An unnamed picture may be an event's; a licence of nobody stays one of nobody. */
const otherOf = (role: PaperRole | undefined): PaperRole =>
  role === 'main' || role === 'detail' || role === 'logo' ? role : 'other';
