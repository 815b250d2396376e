/** The law of discounts: what an event must state, and how far a price may fall. Pure. */
import { excerptOf, fold, hitsOf } from '../kernel/folding.ts';
import { dayOf, type Fields, type Finding, isBlank, isNone, missing, type Said, textsOf } from './finding.ts';
import { article } from './lawRules.ts';

const amount = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
const won = (value: number) => `${value.toLocaleString('ko-KR')}원`;

/** The discount in percent, rounded down; null without two usable prices. */
export function discountPercentOf(before: unknown, after: unknown): number | null {
  const [from, to] = [amount(before), amount(after)];
  return from === null || to === null || from === 0 || to > from
    ? null
    : Math.floor(((from - to) / from) * 100);
}

const statedRate =
  /(?<upTo>최대)?(?<![\d.]|추가)(?<a>\d{1,3}(\.\d+)?)(%|퍼센트|프로)(의|나|까지)?(할인|세일|off|dc|인하|디씨|저렴|down)|(할인율|세일|할인|off)(은|이)?(?<b>\d{1,3})(%|퍼센트|프로)/;
const statedRates = new RegExp(statedRate.source, 'g');
const halfPrice = /반값|절반(가격|가)|반의반/g;

interface Stated {
  readonly field: string;
  readonly excerpt: string;
  readonly percent: number;
  /** `최대 30%`: a bound, which the prices need not reach. */
  readonly isBound: boolean;
}

function statedIn({ field, folded }: Said): Stated[] {
  const rates = [...hitsOf(folded, statedRates)].map((hit) => {
    const { upTo, a, b } = statedRate.exec(hit.text)?.groups ?? {};
    return { field, excerpt: excerptOf(folded, hit), percent: Number(a ?? b), isBound: upTo !== undefined };
  });
  const halves = [...hitsOf(folded, halfPrice)].map((hit) => {
    return { field, excerpt: excerptOf(folded, hit), percent: 50, isBound: false };
  });
  return [...rates, ...halves];
}

function statedDiscounts(fields: Fields, said: readonly Said[]): Stated[] {
  const inField = [fields.discountPercent, fields.discount]
    .filter((value) => typeof value === 'number')
    .map((percent) => ({ field: 'discountPercent', excerpt: `${percent}%`, percent, isBound: false }));
  return [...inField, ...said.flatMap(statedIn)].filter(({ percent }) => percent > 0 && percent <= 100);
}

function overHalf(field: string, excerpt: string, percent: number): Finding {
  const message = `할인율이 ${percent}%입니다. 50% 이상의 할인은 과도한 유인으로 볼 수 있어 등록할 수 없습니다. 할인가를 다시 정해 주세요 (${article.inducement})`;
  return { code: 'DISCOUNT_OVER_50', field, excerpt, rule: article.inducement, severity: 'block', message };
}

function misstated({ field, excerpt, percent }: Stated, computed: number): Finding {
  const message = `적어 주신 할인율 ${percent}%가 금액으로 계산한 ${computed}%와 다릅니다. 둘 중 하나를 고쳐 주세요 (${article.discount})`;
  // In small print another percentage may be another condition.
  const severity = field === 'title' || field === 'discountPercent' ? 'block' : 'warn';
  return { code: 'DISCOUNT_MISSTATED', field, excerpt, rule: article.discount, severity, message };
}

function freeOfCharge(excerpt: string): Finding {
  const message = `진료비를 받지 않는 이벤트는 등록할 수 없습니다. 할인가를 정해 주세요 (${article.inducement})`;
  const rule = article.inducement;
  return { code: 'FREE_TREATMENT', field: 'priceAfter', excerpt, rule, severity: 'block', message };
}

function discountFindings(fields: Fields, said: readonly Said[]): Finding[] {
  const [before, after] = [amount(fields.priceBefore), amount(fields.priceAfter)];
  const computed = discountPercentOf(before, after);
  const shown = `${won(before ?? 0)} → ${won(after ?? 0)}`;
  const stated = statedDiscounts(fields, said);
  const free = after === 0 ? [freeOfCharge(shown)] : [];
  const over =
    computed !== null && computed >= 50
      ? [overHalf('priceAfter', shown, computed)]
      : stated
          .filter(({ percent }) => percent >= 50)
          .map(({ field, excerpt, percent }) => overHalf(field, excerpt, percent));
  // A whole percent of rounding, either way, is no misstatement.
  const wrong = stated.filter(
    ({ percent, isBound }) => computed !== null && !isBound && Math.abs(percent - computed) > 1,
  );
  return [...free, ...over, ...wrong.map((each) => misstated(each, computed ?? 0))];
}

const scopeWords =
  /포함|한함|제외|별도|\d+(회|개|cc|ml|샷|줄|부위|유닛|라인|알|모|팩|분|단계|종|병|바이알|cm|mm|kg)|(수술|시술|마취|검사|관리|진료|재료)비|비용|마취|패키지|용량|구성|부위|한정|전체|전신|1인|기준|시술$|수술$|코스/;
const targetWords =
  /고객|신규|기존|재방문|회원|누구나|모든|모두|전원|전체|환자|대상|여성|남성|성인|여자|남자|\d+세|\d+대|직장인|학생|수험생|임산부|산모|예비|부부|내원|가입|앱|방문|예약|인원|이용자|본인|제한없|주민|군인|시니어|어르신|첫|초진|재진/;

/** The five particulars of a discount: amount or rate, who, when, what for, and the price before. */
function particularFindings(fields: Fields): Finding[] {
  const { target, scope, title, category } = fields;
  const said = textsOf(target).join(' ');
  const around = fold([said, ...textsOf(scope), ...textsOf(title), ...textsOf(category)].join('\n')).text;
  const law = article.discount;
  const found: Finding[] = [];
  if (amount(fields.priceBefore) === null)
    found.push(missing('NO_PRICE_BEFORE', 'priceBefore', law, '할인 전 금액(정상가)을 적어 주세요'));
  if (amount(fields.priceAfter) === null)
    found.push(missing('NO_PRICE_AFTER', 'priceAfter', law, '할인 후 금액을 적어 주세요'));
  if (isBlank(fields.startsOn)) found.push(missing('NO_START_DATE', 'startsOn', law, '시작일을 적어 주세요'));
  if (isBlank(fields.endsOn))
    found.push(
      missing(
        'NO_END_DATE',
        'endsOn',
        law,
        '끝나는 날이 없는 할인은 등록할 수 없습니다. 종료일을 적어 주세요',
      ),
    );
  if (isBlank(said) && isNone(scope))
    found.push(missing('NO_TARGET', 'target', law, '할인 대상과 범위(누구에게, 무엇에)를 적어 주세요'));
  else {
    if (!targetWords.test(fold(said).text))
      found.push(missing('TARGET_UNCLEAR', 'target', law, '누가 할인받는지(대상) 확인이 필요합니다', 'warn'));
    if (isNone(scope) && !scopeWords.test(around))
      found.push(
        missing('SCOPE_UNCLEAR', 'target', law, '무엇까지 이 금액인지(범위) 확인이 필요합니다', 'warn'),
      );
  }
  return found;
}

function periodFindings(fields: Fields, today: string | undefined): Finding[] {
  const [start, end, now] = [dayOf(fields.startsOn), dayOf(fields.endsOn), dayOf(today)];
  const found: Finding[] = [];
  if (start !== null && end !== null && end - start > 366)
    found.push(
      missing(
        'PERIOD_TOO_LONG',
        'endsOn',
        article.discount,
        '기간이 1년을 넘습니다. 상시 할인이 아닌지 확인이 필요합니다',
        'warn',
      ),
    );
  if (end !== null && now !== null && end < now)
    found.push(
      missing('PERIOD_ENDED', 'endsOn', article.discount, '이미 끝난 기간입니다. 기간을 다시 적어 주세요'),
    );
  return found;
}

/** Everything the law asks of a priced offer, words aside. `today`: Korean day, when endings matter. */
export function eventFindings(fields: Fields, said: readonly Said[], today?: string): Finding[] {
  const found = [
    ...particularFindings(fields),
    ...periodFindings(fields, today),
    ...discountFindings(fields, said),
  ];
  if (fields.vatIncluded === false)
    found.push(
      missing('VAT_EXCLUDED', 'vatIncluded', article.fullPrice, '부가세(VAT)를 포함한 금액으로 적어 주세요'),
    );
  if (isBlank(fields.sideEffects))
    found.push(
      missing(
        'SIDE_EFFECTS_UNSTATED',
        'sideEffects',
        article.sideEffects,
        '생길 수 있는 부작용을 적어 주세요',
        'warn',
      ),
    );
  else if (isNone(fields.sideEffects))
    found.push(
      missing(
        'NO_SIDE_EFFECTS',
        'sideEffects',
        article.sideEffects,
        '부작용이 없다고 할 수 없습니다. 생길 수 있는 부작용을 적어 주세요',
      ),
    );
  return found;
}
