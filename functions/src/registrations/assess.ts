/**
 * What checking says of one registration of a mail, and where it goes: law, papers, sender and route put together.
 * Pure. What is handed in but unusable stays in the raw message only, and its sender is told why.
 */
import type { Finding } from '../advertising/finding.ts';
import type { Message, MessageFile } from '../mail/message.ts';
import { findingsOf, mergeProblems, problemsOf, problemsOfChange } from './checks.ts';
import { type JudgedPaper, judgePaper, maxPapers, paperComplaint, paperRole } from './papers.ts';
import { advertisingNames, type CheckSettings } from './recheck.ts';
import { type Route, routeOf, touchesOf } from './route.ts';
import type { Paper, PaperRole, Problem } from './schema.ts';
import { judgeSender, type SenderFacts, type Trust } from './trust.ts';
import { isFromAgency } from './understanding/agency.ts';
import type { Item } from './understanding/understand.ts';

export interface JudgedFile {
  readonly file: MessageFile;
  readonly role: PaperRole;
  readonly judged: JudgedPaper;
}

/** What each file of a message is, by its bytes. Logos in the text are no papers. */
export function judgeFiles(message: Pick<Message, 'files'>): JudgedFile[] {
  return message.files
    .filter(({ inline }) => !inline)
    .map((file) => ({ file, role: paperRole(file.fileName), judged: judgePaper(file) }));
}

/** Those that may be papers. */
export const papersAmong = (files: readonly JudgedFile[]): JudgedFile[] =>
  files.filter(({ judged }) => judged.verdict === 'accepted').slice(0, maxPapers);

export interface Assessment {
  readonly problems: readonly Problem[];
  readonly route: Route;
  readonly trust: Trust;
}

function complaintsOf(files: readonly JudgedFile[]): Problem[] {
  return files.flatMap(({ file, role, judged }) => {
    const message = paperComplaint(file.fileName, judged);
    const reason = judged.verdict === 'accepted' ? 'ENCRYPTED' : judged.verdict.toUpperCase();
    return message === null ? [] : [{ field: role, reason: `FILE_${reason}`, message }];
  });
}

function textsOf({ subject, blocks }: Message, { extra }: Item): string[] {
  const said = blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : block.rows.flat()));
  return [subject, ...said, ...extra.map(({ label, value }) => `${label}: ${value}`)];
}

/** A program among the files of a message says something about all of it. */
const isDangerous = ({ judged: { verdict, flags } }: JudgedFile): boolean =>
  verdict === 'executable' || flags.includes('TRICKY_NAME') || flags.includes('UNPACKS_TOO_BIG');

export interface Circumstances {
  /** Files that concern this item; all of the message's when not told. */
  readonly own?: readonly JudgedFile[];
  /** Papers handed in before. */
  readonly held?: readonly Pick<Paper, 'role' | 'fileName'>[];
  /** The message replies to a letter of ours that was sent to its sender. */
  readonly isTicketReply?: boolean;
  /** Of a registration that is changed by a reply: what it replaces. Otherwise all that is said. */
  readonly touched?: Pick<Item, 'fields' | 'extra'>;
  /** The product's settings and the day. */
  readonly settings?: CheckSettings;
}

/**
 * A change names a few fields of what is registered: the others are not missing from it. One that does not say of what
 * is for an operator to find, not for its sender to explain.
 */
const changeProblems = ({ kind, fields }: Item): Problem[] =>
  kind === null ? [] : problemsOfChange(kind, fields);

/** Of an answer to one of our letters that neither says nor hands in anything. */
const nothingToChange: Problem = {
  field: 'kind',
  reason: 'NOTHING_SAID',
  message: '무엇을 바꿀지 적혀 있지 않습니다. 바꿀 항목과 새 값을 함께 적어 주세요',
};
const saysNothing = ({ intent, fields, extra, problems }: Item): boolean =>
  intent === 'change' && Object.keys(fields).length + extra.length + problems.length === 0;

/** Judges one item. `onFile`: addresses and domains of the clinic it speaks for, as far as we know them. */
export function assess(
  message: Message,
  item: Item,
  all: readonly JudgedFile[],
  onFile: SenderFacts['onFile'],
  { own, held = [], isTicketReply = false, touched, settings = {} }: Circumstances = {},
): Assessment {
  const { intent, fields, extra } = item;
  const kind = item.kind ?? 'unknown';
  const files = own ?? all;
  const papers = [...held, ...papersAmong(files).map(({ role }) => ({ role }))];
  const named = [...held, ...files.map(({ role, file: { fileName } }) => ({ role, fileName }))];
  const fileNames = advertisingNames(named);
  const options = { ...settings, extra, fromAgency: isFromAgency(message), fileNames };
  const isSaid = ({ field }: Finding) => intent === 'register' || field === 'extra' || field in fields;
  const findings = findingsOf(kind, fields, papers, options).filter(isSaid);
  const checks =
    intent === 'change' ? changeProblems(item) : problemsOf(kind, fields, papers, options, findings);
  const silent = saysNothing(item) && papers.length === 0 ? [nothingToChange] : [];
  const problems = [...mergeProblems(item.problems, checks), ...complaintsOf(files), ...silent];
  const trust = judgeSender({ ...message, isTicketReply, onFile });
  const route = routeOf({
    ...{ kind, intent, problems, findings },
    papers: all
      .filter((each) => isDangerous(each) || files.some(({ file }) => file === each.file))
      .map(({ judged }) => judged),
    trust,
    warnings: message.warnings,
    touches: touchesOf(
      (touched ?? item).fields,
      (touched ?? item).extra.map(({ label }) => label),
    ),
    isChange: touched !== undefined || intent === 'change',
    automatic: message.automatic,
    texts: textsOf(message, item),
  });
  return { problems, route, trust };
}
