/**
 * What checking says of one registration of a mail, and where it goes: law, papers, sender and route put together.
 * Pure. What is handed in but unusable stays in the raw message only, and its sender is told why.
 */
import type { Finding } from '../advertising/finding.ts';
import type { Message, MessageFile } from '../mail/message.ts';
import { findingsOf, mergeProblems, problemsOf } from './checks.ts';
import { type JudgedPaper, judgePaper, maxPapers, paperComplaint, paperRole } from './papers.ts';
import { type Route, routeOf, touchesOf } from './route.ts';
import type { PaperRole, Problem } from './schema.ts';
import { judgeSender, type SenderFacts } from './trust.ts';
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

const isShown: ReadonlySet<PaperRole> = new Set(['main', 'detail', 'profile', 'logo', 'other']);

/** Judges one item. `onFile`: addresses and domains of the clinic it speaks for, as far as we know them. */
export function assess(
  message: Message,
  item: Item,
  files: readonly JudgedFile[],
  onFile: SenderFacts['onFile'],
): Assessment {
  const { intent, fields, extra } = item;
  const kind = item.kind ?? 'unknown';
  const papers = papersAmong(files).map(({ role }) => ({ role }));
  const options = {
    ...{ extra, fromAgency: isFromAgency(message) },
    // Only what is shown to people advertises: `전문의자격증.pdf` says what it is, of whoever of several it may be.
    fileNames: files.filter(({ role }) => isShown.has(role)).map(({ file }) => file.fileName),
  };
  const isSaid = ({ field }: Finding) => intent === 'register' || field === 'extra' || field in fields;
  const findings = findingsOf(kind, fields, papers, options).filter(isSaid);
  // A change names a few fields of what is registered: the others are not missing from it.
  const checks = intent === 'change' ? [] : problemsOf(kind, fields, papers, options, findings);
  const problems = [...mergeProblems(item.problems, checks), ...complaintsOf(files)];
  const route = routeOf({
    ...{ kind, intent, problems, findings },
    papers: files.map(({ judged }) => judged),
    trust: judgeSender({ ...message, isTicketReply: false, onFile }),
    warnings: message.warnings,
    touches: touchesOf(
      fields,
      extra.map(({ label }) => label),
    ),
    automatic: message.automatic,
    texts: textsOf(message, item),
  });
  return { problems, route };
}
