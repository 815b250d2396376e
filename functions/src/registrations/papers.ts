/**
 * The papers of a registration: which are needed, what an attachment is by its name, and whether its bytes are
 * what its name and declared type say. Pure; opens nothing.
 */
import { tidy } from '../kernel/korean.ts';
import {
  archiveFormats,
  documentFormats,
  type FileFormat,
  type Inspected,
  inspect,
  isProgramName,
  pictureFormats,
  programFormats,
} from '../platform/fileFormat.ts';
import type { PaperRole, RegistrationKind } from './schema.ts';

/** Korean names of papers, for people. */
export const paperNames: Readonly<Record<PaperRole, string>> = {
  bizRegistration: '사업자등록증',
  openingCertificate: '의료기관 개설신고증명서',
  medicalLicense: '의사면허증 사본',
  specialistCert: '전문의 자격증 사본',
  adReview: '의료광고 심의필증',
  mandate: '위임장',
  bankAccount: '통장 사본',
  main: '이벤트 메인사진',
  detail: '이벤트 상세 이미지',
  profile: '프로필 사진',
  logo: '로고',
  other: '기타 파일',
};

export const maxPaperBytes = 25 * 1024 * 1024;
/** Of one message; what is beyond stays in the raw message only. */
export const maxPapers = 20;

// The first that fits: a licence is never a profile picture, and 심의필 on a main picture leaves it the main picture.
const paperWords: readonly [PaperRole, RegExp][] = [
  ['mandate', /위임장|위임계약|대행(계약|확인)/],
  ['bizRegistration', /사업자|biz[-_ ]?(reg|lic)|business[-_ ]?(reg|lic)/i],
  ['openingCertificate', /개설|신고증명|신고필증|opening[-_ ]?cert/i],
  ['specialistCert', /전문의|자격증|specialist/i],
  ['medicalLicense', /면허|licen[sc]e/i],
  ['bankAccount', /통장|계좌|bank[-_ ]?(book|account)/i],
  ['adReview', /심의(필증|결과|확인|통보|승인)/],
  ['detail', /상세|detail/i],
  ['main', /메인|대표\s?(이미지|사진)|썸네일|(?<![a-z])main(?![a-z])|thumb/i],
  ['adReview', /심의/],
  ['profile', /프로필|profile|증명사진/i],
  ['logo', /로고|(?<![a-z])logo(?![a-z])/i],
];

/** What an attachment is, by its file name. */
export function paperRole(fileName: string): PaperRole {
  const name = tidy(fileName);
  return paperWords.find(([, words]) => words.test(name))?.[0] ?? 'other';
}

const pictureRoles: ReadonlySet<PaperRole> = new Set(['main', 'detail', 'profile', 'logo']);
const isPicture = (format: FileFormat) => pictureFormats.some((each) => each === format);

export interface NamedFile {
  readonly fileName: string;
  readonly format: FileFormat;
  /** Part of how the letter looks (a signature's logo). */
  readonly inline: boolean;
}

/**
 * The role of each file, in order. Names decide; of an event's unnamed pictures the first is the main one when none
 * says it is, the others are details. A picture in the letter's layout is never more than a logo.
 */
export function paperRoles(kind: RegistrationKind, files: readonly NamedFile[]): PaperRole[] {
  const byName = files.map((file): PaperRole => {
    const role = paperRole(file.fileName);
    if (pictureRoles.has(role) && !isPicture(file.format)) return 'other';
    return file.inline && isPicture(file.format) && role === 'other' ? 'logo' : role;
  });
  if (kind !== 'event') return byName;
  const isUnnamed = (index: number) =>
    byName[index] === 'other' && isPicture(files[index]?.format ?? 'unknown');
  const first = byName.includes('main') ? -1 : files.findIndex((_, index) => isUnnamed(index));
  return byName.map((role, index) => (index === first ? 'main' : isUnnamed(index) ? 'detail' : role));
}

export interface PaperCircumstances {
  /** Someone else than the clinic writes for it. */
  readonly fromAgency?: boolean;
}
export interface WantedPaper {
  readonly role: PaperRole;
  readonly name: string;
  /** False: asked for, but nothing waits for it. */
  readonly isRequired: boolean;
}

const always: Readonly<Record<RegistrationKind, readonly PaperRole[]>> = {
  hospital: ['bizRegistration', 'openingCertificate'],
  doctor: ['medicalLicense'],
  event: ['main'],
  unknown: [],
};

/** The papers a registration should come with. */
export function wantedPapers(
  kind: RegistrationKind,
  fields: Readonly<Record<string, unknown>>,
  { fromAgency = false }: PaperCircumstances = {},
): WantedPaper[] {
  const required: PaperRole[] = [...always[kind]];
  if (kind === 'doctor' && fields.isSpecialist === true) required.push('specialistCert');
  if (fromAgency && kind !== 'unknown') required.push('mandate');
  const hasNumber = typeof fields.adReviewNumber === 'string' && /\d/.test(fields.adReviewNumber);
  const asked: PaperRole[] = hasNumber ? ['adReview'] : [];
  const wanted = (isRequired: boolean) => (role: PaperRole) => ({ role, name: paperNames[role], isRequired });
  return [...required.map(wanted(true)), ...asked.map(wanted(false))];
}

export const paperVerdicts = [
  'accepted',
  'mismatch',
  'executable',
  'unsupported',
  'tooBig',
  'empty',
] as const;
export type PaperVerdict = (typeof paperVerdicts)[number];
export const paperFlags = [
  'ENCRYPTED',
  'CARRIES_CODE',
  'UNPACKS_TOO_BIG',
  'TRICKY_NAME',
  'DOUBLE_EXTENSION',
  'EXTENSION_DIFFERS',
  'TYPE_DIFFERS',
] as const;
export type PaperFlag = (typeof paperFlags)[number];

export interface JudgedPaper {
  readonly format: FileFormat;
  readonly verdict: PaperVerdict;
  readonly flags: readonly PaperFlag[];
}

// Marks that turn the direction of writing make `gpj.exe` read `exe.jpg`.
const turning = /[\u202A-\u202E\u2066-\u2069]/g;
const unseen = /[\p{Cc}\p{Cf}]/gu;

/** Every extension of a name, in order, as the system that opens the file would see them. */
function extensionsOf(fileName: string): string[] {
  const seen = fileName
    .normalize('NFKC')
    .replace(unseen, '')
    .replace(/[\s.]+$/, '')
    .toLowerCase();
  const parts = seen
    .split('.')
    .slice(1)
    .map((part) => part.trim());
  const isExtension = (part: string) => /^[a-z0-9]{1,8}$/.test(part) && /[a-z]/.test(part);
  return parts.filter((part, index) => isExtension(part) || (index === parts.length - 1 && part === '7z'));
}

const table = (entries: Readonly<Record<string, readonly FileFormat[]>>) => new Map(Object.entries(entries));

const extensionFormats = table({
  ...{ jpg: ['jpg'], jpeg: ['jpg'], jpe: ['jpg'], jfif: ['jpg'], png: ['png'], webp: ['webp'], gif: ['gif'] },
  ...{ heic: ['heic'], heif: ['heic'], avif: ['heic'], bmp: ['bmp'], tif: ['tiff'], tiff: ['tiff'] },
  ...{ pdf: ['pdf'], xlsx: ['xlsx'], xlsm: ['xlsx'], docx: ['docx'], pptx: ['pptx'], hwpx: ['hwpx'] },
  // Sheets exported by web programs are HTML or text under the name .xls; that is for the reader to refuse.
  ...{ xls: ['xls'], doc: ['doc'], ppt: ['ppt'], hwp: ['hwp'], zip: ['zip'], rar: ['rar'], '7z': ['7z'] },
  ...{ gz: ['gz'], txt: ['text'], csv: ['text'], htm: ['html'], html: ['html'], svg: ['svg'], eml: ['eml'] },
  ...{ rtf: ['rtf'] },
});
const typeFormats = table({
  ...{ 'image/jpeg': ['jpg'], 'image/jpg': ['jpg'], 'image/png': ['png'], 'image/webp': ['webp'] },
  ...{ 'image/gif': ['gif'], 'image/heic': ['heic'], 'image/heif': ['heic'], 'application/pdf': ['pdf'] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  ...{ 'application/vnd.ms-excel': ['xls', 'xlsx'], 'application/msword': ['doc', 'docx'] },
  ...{ 'application/x-hwp': ['hwp'], 'application/haansofthwp': ['hwp'], 'application/zip': ['zip'] },
});

const accepted: ReadonlySet<FileFormat> = new Set<FileFormat>([
  ...pictureFormats,
  ...documentFormats,
  'text',
]);
const programs: ReadonlySet<FileFormat> = new Set<FileFormat>(programFormats);
const archives: ReadonlySet<FileFormat> = new Set<FileFormat>(archiveFormats);

const mediaType = (contentType: string) => contentType.toLowerCase().split(';')[0]?.trim() ?? '';

function flagsOf(fileName: string, contentType: string, { format, ...inspected }: Inspected): PaperFlag[] {
  const extensions = extensionsOf(fileName);
  const claimed = extensionFormats.get(extensions.at(-1) ?? '');
  const declared = typeFormats.get(mediaType(contentType));
  const flags: (PaperFlag | false)[] = [
    inspected.isEncrypted && 'ENCRYPTED',
    inspected.hasCode && 'CARRIES_CODE',
    inspected.isBomb && 'UNPACKS_TOO_BIG',
    (fileName.search(unseen) >= 0 || /[\s.]$/.test(fileName)) && 'TRICKY_NAME',
    extensions.slice(0, -1).some((part) => extensionFormats.has(part) || isProgramName(`.${part}`)) &&
      'DOUBLE_EXTENSION',
    claimed !== undefined && !claimed.includes(format) && 'EXTENSION_DIFFERS',
    declared !== undefined && !declared.includes(format) && 'TYPE_DIFFERS',
  ];
  return flags.filter((flag) => flag !== false);
}

const families: readonly (readonly FileFormat[])[] = [
  pictureFormats,
  ['xls', 'xlsx'],
  ['doc', 'docx'],
  ['ppt', 'pptx'],
  ['hwp', 'hwpx'],
];

/** Whether bytes under another name are still the same sort of thing: a jpg called .png does no harm. */
function isHarmless(claimed: readonly FileFormat[] | undefined, format: FileFormat): boolean {
  if (claimed === undefined || claimed.includes(format)) return true;
  return families.some((family) => family.includes(format) && claimed.some((each) => family.includes(each)));
}

/** What the name says it is; when the name says nothing, what the declared type says. */
function claimOf(fileName: string, contentType: string): readonly FileFormat[] | undefined {
  return extensionFormats.get(extensionsOf(fileName).at(-1) ?? '') ?? typeFormats.get(mediaType(contentType));
}

/** An encrypted document is a compound file whatever it was; its name is all there is to go by. */
function unlocked(inspected: Inspected, claimed: readonly FileFormat[] | undefined): Inspected {
  const said = claimed?.find((format) => format === 'xlsx' || format === 'docx' || format === 'pptx');
  return inspected.format === 'cfb' && inspected.isEncrypted && said
    ? { ...inspected, format: said }
    : inspected;
}

function verdictOf(fileName: string, contentType: string, size: number, inspected: Inspected): PaperVerdict {
  const { format } = inspected;
  const last = extensionsOf(fileName).at(-1);
  if (programs.has(format) || (last !== undefined && isProgramName(`.${last}`))) return 'executable';
  if (archives.has(format) && inspected.hasCode) return 'executable';
  if (format === 'empty') return 'empty';
  if (size > maxPaperBytes || inspected.isBomb) return 'tooBig';
  if (fileName.search(turning) >= 0 || !isHarmless(claimOf(fileName, contentType), format)) return 'mismatch';
  return accepted.has(format) ? 'accepted' : 'unsupported';
}

/** What an attachment is and whether it may be taken. Total: never throws. */
export function judgePaper(file: {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Buffer;
}): JudgedPaper {
  const inspected = unlocked(inspect(file.content), claimOf(file.fileName, file.contentType));
  return {
    format: inspected.format,
    verdict: verdictOf(file.fileName, file.contentType, file.content.length, inspected),
    flags: flagsOf(file.fileName, file.contentType, inspected),
  };
}

const refusals: Readonly<Record<Exclude<PaperVerdict, 'accepted'>, string>> = {
  mismatch: '파일 내용이 이름과 다릅니다. 원본 파일을 다시 보내 주세요',
  executable: '실행할 수 있는 파일은 받을 수 없습니다',
  unsupported: '읽을 수 없는 형식입니다. JPG, PNG, PDF 또는 엑셀 파일로 보내 주세요',
  tooBig: '파일이 너무 큽니다(한 개에 25MB까지). 용량을 줄여 다시 보내 주세요',
  empty: '빈 파일입니다. 다시 첨부해 주세요',
};

/** Why an attachment was not taken, in Korean; null when it was. */
export function paperComplaint(fileName: string, { verdict, flags }: JudgedPaper): string | null {
  const shown = tidy(fileName.replace(unseen, '')).slice(0, 80);
  if (verdict !== 'accepted') return `${shown}: ${refusals[verdict]}`;
  return flags.includes('ENCRYPTED') ? `${shown}: 암호가 걸려 있습니다. 암호를 풀어 다시 보내 주세요` : null;
}
