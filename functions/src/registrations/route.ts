/**
 * Where a registration goes once it has been read and checked, and whether its sender is answered. Pure. Texts of
 * a mail are data: one that tries to decide is kept from deciding and from being answered.
 */

import type { Finding } from '../advertising/finding.ts';
import { fold } from '../kernel/folding.ts';
import type { PaperFlag, PaperVerdict } from './papers.ts';
import { type Confirmation, confirmations, type Problem, type RegistrationKind } from './schema.ts';
import type { Trust } from './trust.ts';

export interface RouteFacts {
  readonly kind: RegistrationKind | null;
  readonly intent: 'register' | 'change';
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  readonly papers: readonly { readonly verdict: PaperVerdict; readonly flags: readonly PaperFlag[] }[];
  readonly trust: Trust;
  /** Of reading the mail: HIDDEN_TEXT, RRN_REDACTED … */
  readonly warnings: readonly string[];
  /** What the mail would change or name, see `touchesOf`. */
  readonly touches: readonly Confirmation[];
  /** What it touches stood there with another value, whatever the registration asks for. */
  readonly isChange?: boolean;
  readonly automatic: 'auto' | 'bulk' | 'bounce' | null;
  /** Everything the author wrote: subject, texts, cells, labels we do not know. */
  readonly texts: readonly string[];
}

export interface Route {
  readonly state: 'NEEDS_INFO' | 'PENDING_REVIEW' | 'QUARANTINED';
  /** `none`: nothing is sent, not even a receipt. */
  readonly answer: 'understood' | 'none';
  /** Stable codes, the gravest first. */
  readonly reasons: readonly string[];
  readonly confirmationsNeeded: readonly Confirmation[];
}

// Folded: no spaces, no colons, lower case. A request (`승인 부탁드립니다`) pretends nothing.
const pretences = [
  /(?<!심의|광고|개설)승인상태[가-힣]{0,2}(승인|완료|approved?)/,
  /자동(으로)?승인(?!되나|되는지|인가|여부|은안|이안)/,
  /(관리자|운영자|시스템|담당자|닥터피치|본사)(가|에서|에의해|측)?(이미|최종)?승인(됨|완료|되었|했|함|처리됨)/,
  /(이미|최종)승인(됨|완료|되었|처리)/,
  /(검토|심사|확인|승인)(절차|과정)?(를|을)?(없이|생략하고|생략|건너뛰고)(바로|즉시)?(등록|승인|게시|공개|처리)/,
  /(decision|status|state|approvalstatus|승인여부|처리상태|결정)(is|=)?(approved?|pass|승인완료|승인됨|승인함)/,
  /(published|approved|isapproved|verified)(is|=)?true/,
  /(ignore|disregard)(all|any)?(the|of)?(previous|prior|above|earlier)(instructions?|rules|prompts?)/,
  /(이전|위|앞|기존)의?(모든)?(지시|명령|규칙|프롬프트)(사항)?(를|을|은)?(모두)?무시/,
  /systemprompt|시스템프롬프트/,
];
const askingBoard = /(심의|개설|개설허가|신고)승인(완료|상태|됨)/g;

/** Whether a text speaks as if it could decide its own registration. */
export function pretendsToDecide(text: string): boolean {
  const folded = fold(text).text.replace(askingBoard, '\n');
  return pretences.some((pattern) => pattern.test(folded));
}

const touching: readonly (readonly [Confirmation, readonly string[], RegExp])[] = [
  ['money', ['bankAccount', 'settlementAccount', 'accountNumber'], /계좌|정산|입금|예금주|통장|은행/],
  ['licence', ['licenceNumber', 'specialistNumber', 'isSpecialist', 'specialty'], /면허|자격번호/],
  ['owner', ['representative', 'businessNumber'], /대표자?변경|개설자|양도|양수|사업자번호변경/],
  ['email', ['email', 'contactEmail'], /이메일|전자우편|메일주소|email/],
];

/** Which delicate matters a registration names, by our fields and by labels we do not know. */
export function touchesOf(
  fields: Readonly<Record<string, unknown>>,
  unknownLabels: readonly string[] = [],
): Confirmation[] {
  const isNamed = (field: string) => fields[field] !== undefined && fields[field] !== null;
  return touching
    .filter(
      ([, names, words]) =>
        names.some(isNamed) || unknownLabels.some((label) => words.test(fold(label).text)),
    )
    .map(([confirmation]) => confirmation);
}

/** A first registration shows its papers for licence, owner and address; an account to pay into never comes by mail alone. */
function confirmationsFor({
  intent,
  touches,
  trust,
  isChange = intent === 'change',
}: RouteFacts): Confirmation[] {
  // Whoever asks for a change of what is published is known to us, or is called back.
  const isStranger = intent === 'change' && trust.level !== 'onFile' && trust.level !== 'ticketReply';
  return confirmations.filter((each) =>
    each === 'email' && isStranger ? true : touches.includes(each) && (isChange || each === 'money'),
  );
}

function dangers({ papers, trust, texts }: RouteFacts): string[] {
  return [
    papers.some(({ verdict }) => verdict === 'executable') && 'EXECUTABLE_ATTACHMENT',
    papers.some(({ verdict, flags }) => verdict === 'mismatch' && flags.includes('TRICKY_NAME')) &&
      'DISGUISED_ATTACHMENT',
    papers.some(({ flags }) => flags.includes('UNPACKS_TOO_BIG')) && 'ARCHIVE_BOMB',
    trust.level === 'forged' && 'FORGED_SENDER',
    texts.some(pretendsToDecide) && 'PRETENDS_TO_DECIDE',
  ].filter((reason) => reason !== false);
}

function lacks({ kind, problems, findings, papers }: RouteFacts): string[] {
  const lacking = [
    (kind === null || kind === 'unknown') && 'UNKNOWN_KIND',
    ...problems.map(({ reason }) => reason),
    ...findings.filter(({ severity }) => severity === 'block').map(({ code }) => code),
    papers.some(({ verdict }) => verdict === 'mismatch') && 'MISMATCHED_ATTACHMENT',
    papers.some(({ verdict }) => verdict === 'empty') && 'EMPTY_ATTACHMENT',
    papers.some(({ verdict }) => verdict === 'tooBig') && 'TOO_BIG_ATTACHMENT',
    papers.some(({ verdict, flags }) => verdict === 'accepted' && flags.includes('ENCRYPTED')) &&
      'ENCRYPTED_ATTACHMENT',
  ];
  return lacking.filter((reason) => reason !== false);
}

function remarks({ trust, warnings, findings, papers, automatic }: RouteFacts): string[] {
  const remarked = [
    automatic !== null && `AUTOMATIC_${automatic.toUpperCase()}`,
    papers.some(({ verdict }) => verdict === 'unsupported') && 'UNSUPPORTED_ATTACHMENT',
    papers.some(({ flags }) => flags.includes('CARRIES_CODE')) && 'ATTACHMENT_CARRIES_CODE',
    ...trust.signals,
    ...findings.filter(({ severity }) => severity === 'warn').map(({ code }) => code),
    ...warnings,
  ];
  return remarked.filter((reason) => reason !== false);
}

// An answer to an address whose own domain says the mail is not from there would reach somebody uninvolved.
const backscatter: readonly string[] = ['DMARC_FAIL', 'SPF_FAIL', 'NO_SENDER', 'LOOKALIKE_FREE_MAIL'];

/** Whether something speaks against a mail being from its sender. */
export const isUnproven = ({ level, signals }: Trust): boolean =>
  level === 'forged' || (level === 'unaligned' && signals.some((signal) => backscatter.includes(signal)));

function answerFor({ automatic, trust }: RouteFacts, isDangerous: boolean): Route['answer'] {
  return isDangerous || automatic !== null || isUnproven(trust) ? 'none' : 'understood';
}

/** Where a registration goes, why, and what must be confirmed before it may be approved. */
export function routeOf(facts: RouteFacts): Route {
  const dangerous = dangers(facts);
  const lacking = lacks(facts);
  const state = dangerous.length > 0 ? 'QUARANTINED' : lacking.length > 0 ? 'NEEDS_INFO' : 'PENDING_REVIEW';
  return {
    state,
    answer: answerFor(facts, dangerous.length > 0),
    reasons: [...new Set([...dangerous, ...lacking, ...remarks(facts)])],
    confirmationsNeeded: confirmationsFor(facts),
  };
}
