/** What a hospital is told of its plan, in Korean. Pure. */
import type { NewMail } from '../outbox/schema.ts';
import type { Effect } from './machine.ts';

const won = (amount: number) => `${amount.toLocaleString('ko-KR')}원`;

interface Words {
  readonly subject: string;
  readonly lines: readonly string[];
}

const anyTime = '해지는 병원 관리 화면에서 언제든 한 번에 할 수 있습니다.';

/** The words for an effect; null for what is not told. */
function wordsOf(effect: Effect, planName: string): Words | null {
  switch (effect.do) {
    case 'tellCharge':
      return {
        subject: `${effect.on} ${planName} 결제 예정 안내`,
        lines: [`${effect.on}에 등록하신 카드로 ${won(effect.amount)}이 결제됩니다.`, anyTime],
      };
    case 'askConsent':
      return {
        subject: `${planName} 요금 인상에 동의해 주세요`,
        lines: [
          `${effect.from}부터 월 ${won(effect.price)}으로 오릅니다.`,
          `${effect.from} 전까지 병원 관리 화면에서 동의하신 경우에만 결제하며, 동의하지 않으시면 그날 자동으로 끝납니다.`,
        ],
      };
    case 'tellRefused':
      return {
        subject: `${planName} 결제가 되지 않았습니다`,
        lines: [
          '등록하신 카드로 결제하지 못했습니다. 카드를 확인하거나 바꾸어 주세요.',
          effect.retryOn === null ? '' : `${effect.retryOn}에 다시 결제합니다.`,
        ],
      };
    case 'tellPaused':
      return {
        subject: `${planName} 광고가 멈췄습니다`,
        lines: ['여러 번 결제하지 못해 광고를 멈췄습니다. 카드를 바꾸시면 그날부터 다시 시작합니다.'],
      };
    case 'tellEnded':
      return {
        subject: `${planName} 이용이 끝났습니다`,
        lines: ['더 이상 결제하지 않으며, 카드 정보는 삭제했습니다.'],
      };
    case 'charge':
    case 'lookUp':
      return null;
  }
}

function mailOf({ subject, lines }: Words, to: string): NewMail {
  const body = lines.filter((line) => line !== '');
  return {
    ...{ kind: 'subscription', uid: null, to, html: null },
    subject: `[닥터피치] ${subject}`,
    text: ['안녕하세요, 닥터피치입니다.', '', ...body, '', '닥터피치 드림'].join('\n'),
  };
}

/** The letter for an effect; null for what is not told. */
export function letterOf(effect: Effect, to: string, planName: string): NewMail | null {
  const words = wordsOf(effect, planName);
  return words && mailOf(words, to);
}

/** The card company, or somebody at Toss, has deleted the card: nothing was charged, and nothing can be. */
export const cardGoneLetter = (to: string, planName: string): NewMail =>
  mailOf(
    {
      subject: `${planName} 결제 카드를 다시 등록해 주세요`,
      lines: [
        '등록하신 카드의 자동결제 등록이 카드사 또는 결제대행사에서 삭제되었습니다. 지금까지 결제된 것은 그대로입니다.',
        '다음 결제일 전에 병원 관리 화면에서 카드를 다시 등록해 주세요. 카드가 없으면 결제하지 않으며 광고가 멈출 수 있습니다.',
      ],
    },
    to,
  );
