/**
 * What a mail makes of registrations: new ones, and those it changes. Pure. The ticket and what follows from answering
 * are the caller's.
 */
import type { Instant } from '../kernel/fields.ts';
import type { Message } from '../mail/message.ts';
import { type Assessment, assess, type JudgedFile } from './assess.ts';
import { claimKey } from './identity.ts';
import { type Merged, mergeReply } from './merge.ts';
import type { Place } from './place.ts';
import type { CheckSettings } from './recheck.ts';
import type { Paper, Problem, Registration } from './schema.ts';
import type { SenderFacts } from './trust.ts';
import type { Item } from './understanding/understand.ts';

/** One item of a mail with what came with it. */
export interface Work {
  readonly item: Item;
  readonly own: readonly JudgedFile[];
  readonly papers: readonly Paper[];
}

export interface Circumstance {
  readonly mailId: string;
  readonly message: Message;
  readonly files: readonly JudgedFile[];
  readonly onFile: SenderFacts['onFile'];
  readonly isTicketReply: boolean;
  readonly now: Instant;
  readonly settings: CheckSettings;
}

export const nothingSaid: Item = {
  ...{ kind: null, intent: 'register', readings: {}, fields: {}, problems: [], extra: [], row: null },
};

const untouched = {
  ...{ corrections: [], decision: null, decisionNote: null, decidedAt: null, decisionProblems: [] },
  ...{ publishedPath: null, mergedMailIds: [], letters: [], remindedAt: null, papersPurgedAt: null },
  ...{ replyBy: null, followUpAt: null, confirmed: {}, senderNote: null, noticeDueAt: null },
} satisfies Partial<Registration>;

/** What the sender is told where no check says what is missing. */
function askedBesides(
  state: Registration['state'],
  problems: readonly Problem[],
  isAmbiguous: boolean,
): Problem[] {
  if (isAmbiguous)
    return [
      {
        ...{ field: 'kind', reason: 'WHICH_TICKET' },
        message: '어느 접수 건에 대한 내용인지 알 수 없습니다. 해당 접수번호(DP-…)를 본문에 적어 주세요',
      },
    ];
  if (state !== 'NEEDS_INFO' || problems.length > 0) return [];
  return [
    {
      ...{ field: 'kind', reason: 'UNKNOWN_KIND' },
      message: '무엇에 대한 메일인지 알 수 없습니다. 병원명과 등록하거나 변경할 내용을 적어 주세요',
    },
  ];
}

/** Codes for the operator that no problem tells already. */
function warningsOf(
  route: Assessment['route'],
  problems: readonly Problem[],
  more: readonly string[],
): string[] {
  const told = new Set(problems.map(({ reason }) => reason));
  return [...new Set([...more, ...route.reasons])].filter((reason) => !told.has(reason));
}

export type NewRegistration = Omit<Registration, 'ticket'>;

/** A registration of its own. */
export function created(
  { item, own, papers }: Work,
  place: Extract<Place, { do: 'create' | 'change' }>,
  { mailId, message, files, onFile, isTicketReply, now, settings }: Circumstance,
): NewRegistration {
  const isChange = place.do === 'change';
  const asked: Item = isChange ? { ...item, intent: 'change', fields: place.fields } : item;
  const { problems: found, route } = assess(message, asked, files, onFile, { own, isTicketReply, settings });
  const isAmbiguous = place.warnings.includes('WHICH_TICKET');
  // Which one it is comes before what it says.
  const heard = isAmbiguous ? found.filter(({ reason }) => reason !== 'NOTHING_SAID') : found;
  const problems = [...heard, ...askedBesides(route.state, found, isAmbiguous)];
  const isLacking = route.state === 'PENDING_REVIEW' && isAmbiguous;
  return {
    ...untouched,
    mailId,
    kind: asked.kind ?? 'unknown',
    state: isLacking ? 'NEEDS_INFO' : route.state,
    fields: asked.fields,
    readings: { ...asked.readings },
    extra: [...asked.extra],
    ...{ row: asked.row, intent: asked.intent, target: isChange ? place.target : null },
    problems,
    warnings: warningsOf(route, problems, place.warnings),
    confirmationsNeeded: [...route.confirmationsNeeded],
    papers: [...papers],
    // Of a change the whole item is the claim: sent again, it is known again.
    claim: claimKey(item.kind, item.fields),
    relatedTickets: [...place.related],
    senderAddress: message.from?.address ?? '',
    subject: message.subject,
    ...{ receivedAt: now, updatedAt: now },
  };
}

/** What a mail is that cannot be read. */
export function unreadable(mailId: string, now: Instant): NewRegistration {
  return {
    ...untouched,
    ...{ mailId, kind: 'unknown', state: 'NEEDS_INFO', intent: 'register', target: null },
    ...{ fields: {}, readings: {}, extra: [], row: null, papers: [], claim: null, relatedTickets: [] },
    problems: [
      { field: 'kind', reason: 'UNREADABLE_MAIL', message: '메일을 읽지 못했습니다. 원본을 확인해 주세요.' },
    ],
    ...{ warnings: [], confirmationsNeeded: [], senderAddress: '', subject: '' },
    ...{ receivedAt: now, updatedAt: now },
  };
}

function wholeOf(standing: Registration, merged: Merged): Item {
  const { kind, fields, readings, extra, unread } = merged;
  return {
    ...{ fields, readings, extra, problems: unread, row: standing.row, intent: standing.intent },
    kind: kind === 'unknown' ? null : kind,
  };
}

const reopened = {
  ...{ decision: null, decisionNote: null, decidedAt: null, decisionProblems: [] },
  ...{ senderNote: null, noticeDueAt: null },
};

/** A registration with a reply taken into it; null when it has been, or when it says nothing new. */
export function changed(
  standing: Registration,
  { item, own, papers }: Work,
  fields: Readonly<Record<string, unknown>>,
  { mailId, message, files, onFile, isTicketReply, now, settings }: Circumstance,
): Registration | null {
  const merged = mergeReply(standing, { mailId, item, fields, papers, at: now });
  if (!merged.isChanged && standing.state !== 'REJECTED') return null;
  const { problems, route } = assess(message, wholeOf(standing, merged), files, onFile, {
    ...{ own, held: merged.papers, isTicketReply, settings },
    // What a change names is another value of a page, also where this registration had none.
    touched: { fields: standing.intent === 'change' ? fields : merged.replaced, extra: item.extra },
  });
  const union = <T>(before: readonly T[], more: readonly T[]) => [...new Set([...before, ...more])];
  const told = new Set([...problems, ...standing.problems].map(({ reason }) => reason));
  const needed = new Set<string>(route.confirmationsNeeded);
  const asked = [...problems, ...askedBesides(route.state, problems, false)];
  return {
    ...standing,
    ...(standing.state === 'REJECTED' ? reopened : {}),
    ...{ kind: merged.kind, fields: merged.fields, readings: merged.readings, extra: [...merged.extra] },
    ...{ papers: merged.papers, corrections: merged.corrections },
    // What was kept apart stays so: who replies to it is not more to be believed than who wrote it.
    state: standing.state === 'QUARANTINED' ? 'QUARANTINED' : route.state,
    problems: asked,
    warnings: union(
      standing.warnings,
      route.reasons.filter((reason) => !told.has(reason)),
    ),
    confirmationsNeeded: union(standing.confirmationsNeeded, route.confirmationsNeeded),
    // A call before this reply was not about what it asks for.
    confirmed: Object.fromEntries(
      Object.entries(standing.confirmed).filter(([matter]) => !needed.has(matter)),
    ),
    claim: claimKey(merged.kind, merged.fields) ?? standing.claim,
    mergedMailIds: union(standing.mergedMailIds, [mailId]),
    updatedAt: now,
  };
}
