/** A registration as it is stored, of which a test changes what it is about. */
import type { Paper, PaperRole, Registration } from '../../src/registrations/schema.ts';

const then = { seconds: 0, nanoseconds: 0, toMillis: () => 0, toDate: () => new Date(0) };

export const paperOf = (role: PaperRole, fileName = `${role}.pdf`): Paper => ({
  path: `registrations/mail_1-1/0-${role}.pdf`,
  fileName,
  role,
  contentType: 'application/pdf',
  size: 1000,
  sha256: 'ab12',
});

export const hospitalFieldsOf = (changes: Readonly<Record<string, unknown>> = {}) => ({
  ...{ name: '라온뷰티의원', representative: '김라온', businessNumber: '1208147521', type: '의원' },
  ...{ careInstitutionNumber: null, region: '서울', district: '강남구', zip: null, homepage: null },
  ...{ address: '서울특별시 강남구 테헤란로 123', phone: '+8225550101', departments: ['14'] },
  ...{ hours: '', openingHours: null },
  ...changes,
});

export const aRegistration = (changes: Partial<Registration> = {}): Registration => ({
  ...{ ticket: 'DP-20261121-0001', mailId: 'mail_1', kind: 'hospital', state: 'PENDING_REVIEW' },
  ...{ fields: hospitalFieldsOf(), readings: {}, extra: [], row: null, intent: 'register', target: null },
  ...{ corrections: [], problems: [], warnings: [], confirmationsNeeded: [], confirmed: {} },
  papers: [paperOf('bizRegistration'), paperOf('openingCertificate')],
  ...{ senderAddress: 'desk@raon.example', subject: '병원 등록', decision: null, decisionNote: null },
  ...{
    decidedAt: null,
    decisionProblems: [],
    publishedPath: null,
    senderNote: null,
    noticeDueAt: null,
    receivedAt: then,
    updatedAt: then,
  },
  ...{ claim: null, relatedTickets: [], mergedMailIds: [], letters: [], replyBy: null, followUpAt: null },
  ...{ remindedAt: null, papersPurgedAt: null },
  ...changes,
});
