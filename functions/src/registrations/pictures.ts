/** Which papers of a registration are shown on its page. */
import type { Paper, PaperRole, RegistrationKind } from './schema.ts';

const roles: Readonly<Record<RegistrationKind, readonly PaperRole[]>> = {
  hospital: ['main', 'detail', 'logo'],
  doctor: ['profile'],
  event: ['main', 'detail'],
  unknown: [],
};

/** The papers that are shown on the page, in order. Scans of licences and certificates never are. */
export function shownPapers<P extends Pick<Paper, 'role' | 'sha256'>>(
  kind: RegistrationKind,
  papers: readonly P[],
): P[] {
  const shown = roles[kind].flatMap((role) => papers.filter((paper) => paper.role === role));
  return shown.filter(({ sha256 }, index) => shown.findIndex((each) => each.sha256 === sha256) === index);
}
