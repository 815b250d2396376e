/** Whether an agency writes for a clinic: its mandate is then asked for. Pure; goes by what the mail says of its sender. */
import { tidy } from '../../kernel/korean.ts';
import type { Message } from '../../mail/message.ts';

export type SentBy = Pick<Message, 'subject' | 'from' | 'forwardedFrom' | 'blocks'>;

/** `등록을 대행하여`, `저희 대행사에서`, `위임받아`: somebody acts for another. */
const acting =
  /(?:등록|광고|마케팅|홍보|운영|관리|업무|신청|진행)\s?(?:을|를|은|업무를?)?\s?(?:대행|위탁받|위임받)|대행\s?(?:사|업체|하여|해서|하고|합니다|드리|드립|건|의뢰)|위임\s?(?:받|장)|에이전시|^\s?[[(]대행[\])]|\bagency\b|on behalf of/i;
/** `대행사 없이 직접`: it is the clinic itself that speaks of agencies. */
const denying =
  /(?:대행\s?(?:사|업체)?|에이전시|위임장?)[^.\n]{0,15}(?:없|아니|아닌|아닙|거치지|통하지|안\s)/g;
const companies =
  /광고|마케팅|홍보|기획|애드|미디어|컴퍼니|커뮤니케이션|브릿지|솔루션|marketing|agency|media|company|\bads?\b/i;
const clinics = /의원|병원|클리닉|치과|한의원|피부과|성형외과|clinic|hospital/i;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** A company of that trade hands on what another wrote. */
function handsOn({ from, forwardedFrom }: SentBy): boolean {
  if (!from || forwardedFrom === null || domainOf(from.address) === domainOf(forwardedFrom)) return false;
  const sender = `${from.name} ${domainOf(from.address).replaceAll('.', ' ')}`;
  return companies.test(sender) && !clinics.test(sender);
}

/** Whether somebody else than the clinic writes for it, as far as the mail itself says so. */
export function isFromAgency(message: SentBy): boolean {
  const own = message.blocks
    .slice(0, 5)
    .flatMap((block) =>
      block.kind === 'text' && block.source === 'body' ? [block.text.slice(0, 3_000)] : [],
    );
  const said = tidy([message.from?.name ?? '', message.subject, ...own].join('\n').replace(denying, ' '));
  return acting.test(said) || acting.test(message.subject) || handsOn(message);
}
