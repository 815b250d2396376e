/**
 * Whether what a member has written is shown, held back until somebody has looked, or shown and looked at. Pure: knows no
 * Firebase. Every finding has a stable code and tells the author in Korean what was found.
 */
import type { TargetType } from './schema.ts';
import type { Severity, WordCode } from './words.ts';

export const patternCodes = [
  'NEW_ACCOUNT_POSTS',
  'NEW_ACCOUNT_REPLIES',
  'NEW_ACCOUNT_IMAGES',
  'NEW_ACCOUNT_LINKS',
  'COPIED_TEXT',
  'REPEATED_TEXT',
  'COPIED_PICTURE',
  'REPEATED_PICTURE',
  'AUTHOR_BURST',
  'HOSPITAL_BURST',
  'SINGLE_HOSPITAL_PRAISE',
] as const;
export type FindingCode = WordCode | (typeof patternCodes)[number];

/** Of an account's first day (domain sheet §4). Images and links are those of one text. */
export const newAccount = { ms: 86_400_000, posts: 3, replies: 10, images: 1, links: 2 } as const;
/** Until when it is asked whether an account praises one hospital only. */
export const youngAccountMs = 30 * 86_400_000;
const fewestPraises = 3;
const copiedReplies = 5;
const repeatedReplies = 3;

export const messages: Readonly<Record<FindingCode, string>> = {
  INSULT: '욕설로 보이는 표현이 있습니다.',
  THREAT: '위협으로 보이는 표현이 있습니다.',
  SLUR: '특정인이나 집단을 비하하는 표현이 있습니다.',
  ROUGH_WORD: '거친 표현이 있습니다.',
  PHONE_NUMBER: '개인 전화번호가 적혀 있습니다.',
  MESSENGER_CONTACT: '메신저로 연락을 유도하는 내용이 있습니다.',
  OPEN_CHAT: '오픈채팅 등 외부 대화방으로 유도하는 내용이 있습니다.',
  SHORT_LINK: '목적지를 알 수 없는 단축 주소가 있습니다.',
  BROKER: '병원 소개·알선으로 보이는 내용이 있습니다.',
  NEW_ACCOUNT_POSTS: '가입 후 24시간 동안은 글과 후기를 3개까지 쓸 수 있습니다.',
  NEW_ACCOUNT_REPLIES: '가입 후 24시간 동안은 댓글을 10개까지 쓸 수 있습니다.',
  NEW_ACCOUNT_IMAGES: '가입 후 24시간 동안은 글 하나에 사진을 1장까지 올릴 수 있습니다.',
  NEW_ACCOUNT_LINKS: '가입 후 24시간 동안은 글 하나에 링크를 2개까지 쓸 수 있습니다.',
  COPIED_TEXT: '다른 회원이 올린 글과 거의 같습니다.',
  REPEATED_TEXT: '같은 글을 여러 번 올렸습니다.',
  COPIED_PICTURE: '다른 회원이 올린 사진과 거의 같은 사진이 있습니다.',
  REPEATED_PICTURE: '다른 병원 후기에 올린 사진과 거의 같은 사진이 있습니다.',
  AUTHOR_BURST: '짧은 시간에 글을 많이 올렸습니다.',
  HOSPITAL_BURST: '한 병원에 증빙 없는 별점 5점 후기가 짧은 시간에 몰렸습니다.',
  SINGLE_HOSPITAL_PRAISE: '한 병원에만 별점 5점 후기를 썼습니다.',
};

export interface Facts {
  readonly type: TargetType;
  readonly words: readonly { readonly code: WordCode; readonly severity: Severity }[];
  readonly images: number;
  readonly links: number;
  /** The how manieth post (reviews and FreeTalks) or reply of an account's first day this is; null later. */
  readonly newcomer: { readonly rank: number } | null;
  /** Texts known that are nearly the same. */
  readonly copies: { readonly byOthers: number; readonly byAuthor: number };
  /** Whether this text made it too many within some minutes. */
  readonly bursts: { readonly ofAuthor: boolean; readonly atHospital: boolean };
  /** Reviews of a young account, this one included; null where it was not asked. */
  readonly praise: { readonly reviews: number; readonly fiveStarsHere: number } | null;
}

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
}
export interface Verdict {
  readonly action: 'publish' | Severity;
  readonly findings: readonly Finding[];
}

type Candidate = readonly [applies: boolean, code: FindingCode, severity: Severity];

function limitsOf({ type, newcomer, images, links }: Facts): Candidate[] {
  if (newcomer === null) return [];
  const isReply = type === 'TempReplies';
  return [
    [!isReply && newcomer.rank > newAccount.posts, 'NEW_ACCOUNT_POSTS', 'hold'],
    [isReply && newcomer.rank > newAccount.replies, 'NEW_ACCOUNT_REPLIES', 'hold'],
    [images > newAccount.images, 'NEW_ACCOUNT_IMAGES', 'hold'],
    [links > newAccount.links, 'NEW_ACCOUNT_LINKS', 'hold'],
  ];
}

/** Replies are short and alike; a post that is somebody else's is none. */
function copiesOf({ type, copies: { byOthers, byAuthor } }: Facts): Candidate[] {
  return type === 'TempReplies'
    ? [
        [byOthers >= copiedReplies, 'COPIED_TEXT', 'queue'],
        [byAuthor >= repeatedReplies, 'REPEATED_TEXT', 'hold'],
      ]
    : [
        [byOthers > 0, 'COPIED_TEXT', 'hold'],
        [byAuthor > 0, 'REPEATED_TEXT', 'queue'],
      ];
}

const praisesOne = ({ praise }: Facts) =>
  praise !== null && praise.reviews >= fewestPraises && praise.fiveStarsHere === praise.reviews;

function verdictOf(candidates: readonly Candidate[]): Verdict {
  const findings = candidates.flatMap(([applies, code, severity]) => (applies ? [{ code, severity }] : []));
  const isHeld = findings.some(({ severity }) => severity === 'hold');
  return { action: isHeld ? 'hold' : findings.length > 0 ? 'queue' : 'publish', findings };
}

/** Pictures known already. */
export interface KnownPictures {
  readonly byOthers: boolean;
  /** In the author's review of another hospital. */
  readonly byAuthorElsewhere: boolean;
}

/** What becomes of pictures: in a review they are evidence, on the board people pass them on. */
export function judgePictures(type: TargetType, { byOthers, byAuthorElsewhere }: KnownPictures): Verdict {
  return verdictOf([
    [byOthers, 'COPIED_PICTURE', type === 'reviews' ? 'hold' : 'queue'],
    [byAuthorElsewhere, 'REPEATED_PICTURE', 'queue'],
  ]);
}

/** What becomes of a text. A new account's burst is held back, anybody else's looked at. */
export function judge(facts: Facts): Verdict {
  const { bursts, newcomer } = facts;
  return verdictOf([
    ...facts.words.map(({ code, severity }): Candidate => [true, code, severity]),
    ...limitsOf(facts),
    ...copiesOf(facts),
    [bursts.ofAuthor, 'AUTHOR_BURST', newcomer === null ? 'queue' : 'hold'],
    [bursts.atHospital, 'HOSPITAL_BURST', 'queue'],
    [praisesOne(facts), 'SINGLE_HOSPITAL_PRAISE', 'queue'],
  ]);
}

const ending = '운영자가 확인할 때까지 보이지 않습니다. 이의가 있으면 이의 제기를 해 주세요.';

/** What the author is told; of what is held back, only what it is held back for. */
export function explain({ findings }: Verdict): string {
  const held = findings.filter(({ severity }) => severity === 'hold');
  const told = (held.length > 0 ? held : findings).map(({ code }) => messages[code]);
  return [...new Set(told)].slice(0, 6).concat(ending).join(' ');
}

/** How many links a text has. */
export const linksIn = (text: string): number =>
  [...text.matchAll(/https?:\/\/|www\.|\b[a-z0-9-]{2,}\.(?:com|net|org|kr|me|io|shop|link)\b/gi)].length;
