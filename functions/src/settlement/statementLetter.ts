/** The statement of a week as a letter, in Korean. Names vouchers and sessions, never a patient. Pure. */
import type { NewMail } from '../outbox/schema.ts';
import type { Batch } from './batch.ts';
import { type Heading, headings, type StatementLine } from './schema.ts';

const names: Readonly<Record<Heading, string>> = {
  ...{ used: '사용된 시술', kept: '환불 위약금', held: '분쟁으로 보류', released: '분쟁 해소 지급' },
  ...{ compensation: '병원 귀책 배상', corrected: '정정', paid: '지급 완료' },
};
const mostLines = 150;

const won = (amount: number) => `${amount.toLocaleString('ko-KR')}원`;

const headingLines = ({ moved }: Batch) =>
  headings
    .filter((heading) => moved[heading].count > 0)
    .map((heading) => `  ${names[heading]} ${moved[heading].count}건: ${won(moved[heading].sum)}`);

const detailOf = ({ day, heading, of, amount }: StatementLine) =>
  `  ${day}  ${names[heading]}  ${of}  ${won(amount)}`;

function details(lines: readonly StatementLine[]): string[] {
  const left = lines.length - mostLines;
  const shown = lines.slice(0, mostLines).map(detailOf);
  return left > 0 ? [...shown, `  그 밖의 ${left}건은 병원 관리 화면에 있습니다.`] : shown;
}

const payment = ({ due, payOn, closing }: Batch): string => {
  if (due > 0) return `지급할 금액: ${won(due)} (${payOn} 지급 예정, 그 전에 접수된 분쟁은 빼고 지급합니다)`;
  return closing < 0 ? `지급할 금액: 없음 (${won(-closing)}은 다음 정산에서 뺍니다)` : '지급할 금액: 없음';
};

/** The letter of a batch. */
export function statementLetter(to: string, batch: Batch, lines: readonly StatementLine[]): NewMail {
  const { week, until, opening, closing } = batch;
  const text = [
    '안녕하세요, 닥터피치입니다.',
    ...['', `${week}부터 ${until}까지의 시술권 정산서입니다.`, ''],
    ...[`지난 정산에서 넘어온 금액: ${won(opening)}`, ...headingLines(batch), `합계: ${won(closing)}`],
    ...['', payment(batch), '', '내역 (날짜, 구분, 시술권~회차, 금액)', ...details(lines)],
    ...['', '전체 내역은 병원 관리 화면의 정산에서 언제든 볼 수 있습니다.', '', '닥터피치 드림'],
  ];
  return {
    ...{ kind: 'settlement', uid: null, to, html: null },
    subject: `[닥터피치] ${week} ~ ${until} 정산서`,
    text: text.join('\n'),
  };
}
