/**
 * What we write to those who register by mail, in Korean. Pure. Only what a sender may know: nothing of why a mail was
 * mistrusted, nothing an operator noted. Problems come first, because a letter has an end.
 */
import type { MailOutcome } from '../inbound/schema.ts';
import { letter } from '../outbox/letter.ts';
import type { NewMail } from '../outbox/schema.ts';
import { paperNames, wantedPapers } from './papers.ts';
import type { Registration } from './schema.ts';
import { dayInWords, kindNames, nameOfField, titleOf, wordsFor } from './wording.ts';

type Told = Pick<
  Registration,
  | 'ticket'
  | 'kind'
  | 'state'
  | 'intent'
  | 'fields'
  | 'readings'
  | 'problems'
  | 'papers'
  | 'corrections'
  | 'warnings'
  | 'confirmationsNeeded'
>;

/** One thing a message asked for, and the registration as it stands now. */
export interface Entry {
  readonly outcome: MailOutcome['outcome'];
  readonly name: string;
  readonly registration: Told | null;
  /** Replies whose changes are told. */
  readonly mailIds: readonly string[];
}

export interface Thread {
  readonly to: string;
  /** Theirs. */
  readonly subject: string;
  /** Message-IDs of what is answered, the last one last. */
  readonly references: readonly string[];
  /** Whether answers to our letters are read. */
  readonly answerable: boolean;
  /** KST day. */
  readonly replyBy: string;
}

type Written = Pick<NewMail, 'kind' | 'uid' | 'to' | 'subject' | 'text' | 'html' | 'headers'>;

const hello = '안녕하세요, 닥터피치입니다.';
const mostText = 15_000;
const mostSummary = 60;
const mostHtml = 100_000;

/** Fields that follow from others or are shown by them. */
const derived: ReadonlySet<string> = new Set(['region', 'district', 'openingHours']);

const heading = ({ ticket, kind, fields }: Told): string => {
  const title = titleOf({ kind, fields });
  return `■ 접수번호 [${ticket}] ${kindNames[kind]}${title === '' ? '' : ` · ${title}`}`;
};

function understoodOf({ kind, fields, readings }: Told): string[] {
  return Object.entries(fields)
    .filter(([field]) => !derived.has(field))
    .flatMap(([field, value]) => {
      const words = wordsFor(field, value);
      if (words === null) return [];
      const unsure = readings[field]?.confidence === 'low' ? ' ← 확인해 주세요' : '';
      return [`- ${nameOfField(kind, field)}: ${words}${unsure}`];
    });
}

function papersOf({ kind, fields, papers, intent }: Told): string[] {
  const lines = papers.map(({ role, fileName }) => `- ${paperNames[role]} (${fileName.slice(0, 80)})`);
  const given = new Set(papers.map(({ role }) => role));
  const asked = intent === 'change' ? [] : wantedPapers(kind, fields);
  const welcome = asked
    .filter(({ role, isRequired }) => !isRequired && !given.has(role))
    .map(({ name }) => `- ${name}: 있으면 함께 보내 주세요(없어도 검토는 진행됩니다)`);
  return [...lines, ...welcome];
}

function correctionsOf({ kind, corrections }: Told, mailIds: readonly string[]): string[] {
  return corrections
    .filter(({ mailId, field }) => mailId !== null && mailIds.includes(mailId) && !derived.has(field))
    .map(({ field, from, to }) => {
      const before = wordsFor(field, from);
      const after = wordsFor(field, to) ?? '';
      return `- ${nameOfField(kind, field)}: ${before === null ? '' : `${before} → `}${after}`;
    });
}

/** As many as somebody may be asked to read at once; the rest is told when these are mended. */
const mostProblems = 40;
const problemsOf = ({ state, problems }: Told): string[] =>
  state === 'NEEDS_INFO'
    ? problems.slice(0, mostProblems).map(({ message }) => `- ${message.slice(0, 300)}`)
    : [];

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}\n${lines.join('\n')}`];

const called: Readonly<Record<Told['state'], string>> = {
  NEEDS_INFO: '보완이 필요합니다.',
  PENDING_REVIEW: '접수되었습니다. 운영자 검토를 기다리고 있습니다.',
  QUARANTINED: '접수되었습니다. 운영자 검토를 기다리고 있습니다.',
  APPROVED: '이미 승인되어 게시되었습니다.',
  REJECTED: '종료된 접수입니다.',
};

function statusOf({ outcome, registration }: Entry): string {
  if (outcome === 'published' || !registration)
    return '이미 등록되어 있는 내용과 같아 새로 접수하지 않았습니다.';
  const state = called[registration.state];
  if (outcome === 'merged') return `보내 주신 변경을 반영했습니다. ${state}`;
  if (outcome === 'unchanged') return `이미 접수된 내용과 같아 새로 접수하지 않았습니다. ${state}`;
  if (registration.intent === 'change')
    return '변경 요청으로 접수되었습니다. 운영자 검토 후 게시된 내용에 반영됩니다.';
  return state;
}

function wholeOf(entry: Entry): string[] {
  const { registration, name, mailIds, outcome } = entry;
  if (!registration) return [`■ ${name}`, statusOf(entry)];
  return [
    heading(registration),
    statusOf(entry),
    ...section('[변경 반영]', outcome === 'merged' ? correctionsOf(registration, mailIds) : []),
    ...section('[보완할 내용]', problemsOf(registration)),
    ...(outcome === 'published' ? [] : section('[확인한 내용]', understoodOf(registration))),
    ...(outcome === 'published' ? [] : section('[받은 서류]', papersOf(registration))),
  ];
}

/** What is still told of an entry there is no room to tell all of. */
function shortOf(entry: Entry): string[] {
  const { registration, name } = entry;
  if (!registration) return [`■ ${name}: ${statusOf(entry)}`];
  return [[heading(registration), ...problemsOf(registration)].join('\n')];
}

const sizeOf = (paragraphs: readonly string[]) => paragraphs.reduce((sum, each) => sum + each.length + 2, 0);

const needsInfo = ({ registration }: Entry) => registration?.state === 'NEEDS_INFO';

/** All entries, those with problems first; in short where they are too many, the rest by number. */
export function paragraphsOf(entries: readonly Entry[]): string[] {
  const ordered = [...entries.filter(needsInfo), ...entries.filter((entry) => !needsInfo(entry))];
  const whole = ordered.flatMap(wholeOf);
  if (sizeOf(whole) <= mostText) return whole;
  const told: string[] = [];
  let left = ordered.length;
  for (const entry of ordered) {
    const short = shortOf(entry);
    if (sizeOf(told) + sizeOf(short) > mostText) break;
    told.push(...short);
    left -= 1;
  }
  if (left === 0) return told;
  const rest = ordered
    .slice(-left)
    .map(({ registration, name }) => registration?.ticket ?? name.slice(0, 40));
  const shown = rest.slice(0, mostSummary).join(', ');
  return [...told, `그 밖의 ${left}건도 접수되었습니다: ${shown}${left > mostSummary ? ' …' : ''}`];
}

function nextSteps(entries: readonly Entry[], { answerable, replyBy }: Thread): string[] {
  const told = entries.flatMap(({ registration }) => registration ?? []);
  const ask = told.some(({ state }) => state === 'NEEDS_INFO');
  const review = told.some(({ state }) => state === 'PENDING_REVIEW');
  const calls = told.some(({ confirmationsNeeded }) => confirmationsNeeded.length > 0);
  const numbers = told.some(({ warnings }) => warnings.some((code) => /^(RRN|CARD)_REDACTED$/.test(code)));
  const how = answerable
    ? '이 메일에 회신해 부족한 내용과 서류를 보내 주세요. 바뀐 내용만 적으시면 됩니다.'
    : '부족한 내용과 서류를 제목에 접수번호를 적어 등록 메일 주소로 보내 주세요.';
  return [
    ...(ask ? [`${how} 기한은 ${dayInWords(replyBy)}까지이며, 지나면 접수가 종료됩니다.`] : []),
    ...(review ? ['운영자 검토가 끝나면 게시됩니다. 검토 중에 여쭐 것이 있으면 연락드리겠습니다.'] : []),
    ...(calls
      ? ['계좌·면허·대표자·이메일에 관한 내용은 등록된 대표번호로 전화드려 확인한 뒤 처리합니다.']
      : []),
    ...(numbers
      ? ['주민등록번호와 카드번호는 받지 않습니다. 보내신 번호는 가렸으니 다음부터는 적지 말아 주세요.']
      : []),
  ];
}

const ours = /^\s*(?:(?:re|fw|fwd|답장|회신|전달)\s*:|\[?DP-\d{8}-\d{4,}\]?)\s*/i;

/** Their subject without what replying has put before it. */
function subjectOf(subject: string): string {
  let rest = subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  while (ours.test(rest)) rest = rest.replace(ours, '');
  return rest === '' ? '등록 메일' : rest;
}

const isMessageId = (id: string) => /^<[^<>\s\p{Cc}]{1,400}>$/u.test(id);

/** Message-IDs for a header, the last ones that fit. */
function referencesFor(ids: readonly string[]): string[] {
  const kept: string[] = [];
  let room = 850;
  for (const id of ids.filter(isMessageId).toReversed()) {
    room -= id.length + 1;
    if (room < 0) break;
    kept.unshift(id);
  }
  return kept;
}

function threaded(
  kind: string,
  ticket: string | undefined,
  thread: Thread,
  paragraphs: string[],
  footer: string,
): Written {
  const ids = referencesFor(thread.references);
  const last = ids.at(-1);
  const written = letter({ greeting: hello, paragraphs, footer, answerable: thread.answerable });
  const label = ticket === undefined ? '[닥터피치]' : `[${ticket}]`;
  return {
    ...{ kind, uid: null, to: thread.to },
    subject: `Re: ${label} ${subjectOf(thread.subject)}`.slice(0, 200),
    headers: {
      'Auto-Submitted': 'auto-replied',
      ...(last === undefined ? {} : { 'In-Reply-To': last, References: ids.join(' ') }),
    },
    text: written.text,
    html: written.html.length <= mostHtml ? written.html : null,
  };
}

const footer = '이 메일은 보내 주신 등록 메일에 대한 자동 회신입니다.';

const firstTicket = (entries: readonly Entry[]) =>
  (entries.find(needsInfo) ?? entries.find(({ registration }) => registration))?.registration?.ticket;

/** The answer to one message, or to several of one sender. */
export function answerLetter(entries: readonly Entry[], thread: Thread): Written {
  const told = paragraphsOf(entries);
  const lead = '보내 주신 등록 메일을 잘 받았습니다.';
  const paragraphs = [lead, ...told, ...nextSteps(entries, thread)];
  return threaded('registrationAnswer', firstTicket(entries), thread, paragraphs, footer);
}

const asEntry = (registration: Told): Entry => ({
  ...{ outcome: 'created', name: '', registration, mailIds: [] },
});

/** Asks once more for what is missing. */
export function reminderLetter(waiting: readonly Told[], thread: Thread): Written {
  const entries = waiting.map(asEntry);
  const lead = '안내드린 보완 내용을 아직 받지 못해 다시 알려 드립니다.';
  const paragraphs = [lead, ...paragraphsOf(entries), ...nextSteps(entries, thread)];
  return threaded('registrationReminder', firstTicket(entries), thread, paragraphs, footer);
}

/** Tells that the time to answer is over. */
export function closingLetter(closed: readonly Told[], thread: Thread): Written {
  const again = thread.answerable
    ? '이 메일에 회신해 부족한 내용을 보내 주시면 접수를 다시 엽니다.'
    : '부족한 내용을 제목에 접수번호를 적어 등록 메일 주소로 보내 주시면 접수를 다시 엽니다.';
  const list = closed.slice(0, mostSummary).map(heading).join('\n');
  const more = closed.length > mostSummary ? `\n그 밖에 ${closed.length - mostSummary}건` : '';
  const lead = '기한까지 보완 내용을 받지 못해 다음 접수를 종료했습니다.';
  const paragraphs = [lead, `${list}${more}`, again];
  return threaded('registrationClosed', closed[0]?.ticket, thread, paragraphs, footer);
}

const decisionLead = '접수하신 내용의 검토가 끝났습니다.';

/** What an operator decided, and what the operator wants told with it. */
export function decisionLetter(
  decided: readonly (Told & Pick<Registration, 'senderNote'>)[],
  thread: Thread,
): Written {
  const again = thread.answerable
    ? '고쳐서 다시 접수하시려면 이 메일에 회신해 주세요.'
    : '고쳐서 다시 접수하시려면 제목에 접수번호를 적어 등록 메일 주소로 보내 주세요.';
  const told = decided.slice(0, mostSummary).map((one) => {
    const word = one.state === 'APPROVED' ? '승인되었습니다.' : '등록하지 못했습니다.';
    return [heading(one), word, ...(one.senderNote === null ? [] : [one.senderNote])].join('\n');
  });
  const more = decided.length > mostSummary ? [`그 밖에 ${decided.length - mostSummary}건`] : [];
  const isAnyRejected = decided.some(({ state }) => state === 'REJECTED');
  const paragraphs = [decisionLead, ...told, ...more, ...(isAnyRejected ? [again] : [])];
  return threaded('registrationDecided', decided[0]?.ticket, thread, paragraphs, footer);
}
