/**
 * What a medical advertisement may not say, as data: each rule is a pattern over folded text (kernel/folding.ts:
 * no spaces, lower case), the article it enforces, and what to write instead. Articles: 의료법 제27조·제56조,
 * 의료법 시행령 제23조 (in force 2026), 전자상거래법 제21조의2. `innocent` phrases are struck out before `pattern` is
 * looked for, so that a parking sign is no inducement; `unless` looks at the hit as it was written, spaces included.
 *
 * `block` asks the sender to change it; `warn` leaves it to the operator. When a word has an everyday use that a
 * pattern cannot tell apart, the rule warns.
 */

export type Severity = 'block' | 'warn';
export type AdvertisedKind = 'hospital' | 'doctor' | 'event';

export interface WordRule {
  readonly code: string;
  readonly severity: Severity;
  readonly rule: string;
  readonly pattern: RegExp;
  readonly innocent?: RegExp;
  readonly unless?: RegExp;
  /** Only in these kinds; everywhere when left out. */
  readonly kinds?: readonly AdvertisedKind[];
  /** What to change, in Korean; the expression itself is quoted before it. */
  readonly advice: string;
}

/** The articles, written once. */
export const article = {
  inducement: '의료법 제27조 제3항',
  untested: '의료법 제56조 제2항 제1호',
  testimonial: '의료법 제56조 제2항 제2호',
  certainEffect: '의료법 시행령 제23조 제1항 제2호',
  comparison: '의료법 제56조 제2항 제4호',
  slander: '의료법 제56조 제2항 제5호',
  surgeryScene: '의료법 제56조 제2항 제6호',
  sideEffects: '의료법 제56조 제2항 제7호',
  exaggeration: '의료법 제56조 제2항 제8호',
  title: '의료법 제56조 제2항 제9호',
  article: '의료법 제56조 제2항 제10호',
  foreigners: '의료법 제56조 제2항 제12호',
  discount: '의료법 시행령 제23조 제1항 제13호',
  award: '의료법 제56조 제2항 제14호',
  preReview: '의료법 제57조 제1항',
  fullPrice: '전자상거래법 제21조의2 제1항 제1호',
} as const;

const claims: readonly WordRule[] = [
  {
    ...{ code: 'SUPERLATIVE', severity: 'block', rule: article.exaggeration },
    pattern:
      /최고(?!령|기온|온도|혈압|혈당|출력|농도|속도|점|참|책임|경영자|사양|용량|층|난도|기록|기억)|(?<![a-z])no1(?!\d)|넘버(원|1)|(?<![\d.])1위(?!치|생|원|임|안|로?(졸업|합격|입학|수료))/g,
    innocent: /최고[가-힣]{0,8}과정/g,
    advice: '객관적으로 증명할 수 없는 최상급 표현을 빼 주세요',
  },
  {
    ...{ code: 'FIRST_CLAIM', severity: 'block', rule: article.exaggeration },
    pattern:
      /(국내|세계|아시아|업계|동양|대한민국|한국|전국|지역|강남|서울|부산)(에서)?최초|최초(?!상담|방문|내원|1회|일회|한번|진료|예약|가입|시술[시전후일]|수술[시전후일]|등록|구매|결제|신청|문진|증상|발병|진단|발생|검사|접수|이용|1인|고객|회원|면허|자격|1개월)/g,
    advice: '"최초"라는 표현을 빼 주세요',
  },
  {
    ...{ code: 'ONLY_CLAIM', severity: 'block', rule: article.exaggeration },
    pattern:
      /유일(?!한(시간|휴|날|요일|통로|출입|입구|방법|주차|예약|박사|상(을|수)|장학|연고)|하게(휴|쉬)|의원|병원|성형|피부|치과)/g,
    advice: '"유일"하다는 표현을 빼 주세요',
  },
  {
    ...{ code: 'GRANDIOSE', severity: 'warn', rule: article.exaggeration },
    pattern:
      /독보적|압도적|세계적|최첨단|최상의|최상급|최강(?!희)|으뜸|(국내|세계|업계|지역)최대|최대규모|베스트(?!셀러)|(?<![a-z])best(?![a-z])|(제일|가장)(잘하|좋은|유명|안전|뛰어난|우수)|끝판왕|종결/g,
    innocent: /세계적(학술|저널|인명사전|학회)|종결(일|시점|보고)/g,
    advice: '과장으로 보일 수 있으니 사실만 적어 주세요',
  },
  {
    ...{ code: 'LOWEST_PRICE', severity: 'block', rule: article.exaggeration },
    pattern:
      /최저(?!임금|혈압|기온|온도|연령|농도|용량|에너지|출력|시급|생계|한도|점|체온)|(가장|제일|젤)(저렴|싼|싸|착한가격)|어디보다도?(저렴|싸)/g,
    advice: '다른 곳과 가격을 견주는 표현을 빼고 실제 가격만 적어 주세요',
  },
  {
    ...{ code: 'SENSATIONAL_PRICE', severity: 'warn', rule: article.discount },
    pattern: /파격(가|할인|세일|특가|혜택|적)|초특가|땡처리|떨이|폭탄세일|미친(가격|할인)/g,
    advice: '자극적인 가격 표현 대신 할인 전후 금액을 적어 주세요',
  },
  {
    ...{ code: 'CERTAIN_CURE', severity: 'block', rule: article.certainEffect },
    pattern:
      /(?<!보)완치(?!료|율조사|가어려|가힘들|되지않|를보장하지|를의미하지|는아니|가아니|판정|의개념|가불가능)|(효과|결과|만족|성공|개선|제거)(를|을|도)?(100%?|확실히|무조건|반드시)?보장(?!하지|할수없|되지|은아니|이아니|은없|은할)|(무조건|반드시|확실히|100%)(효과|성공|개선|만족|낫|빠짐|빠집|예뻐|좋아)|재발(이|은|률)?(전혀)?(없는|없이|없습니다|없음|제로|0%|걱정)|실패(가|는|율)?(전혀)?(없는|없이|없습니다|없음|0%|제로)|평생(보장|유지|효과|무료|지속|as)|영구(적인?)?(효과|유지|보장|지속|개선)/g,
    innocent: /재발이없는(것은아|경우|지)|효과(는|가)?영구(적이지|적으로유지되지)/g,
    advice: '치료 효과를 보장하는 표현을 빼고 개인차가 있음을 적어 주세요',
  },
  {
    ...{ code: 'HUNDRED_PERCENT', severity: 'block', rule: article.certainEffect },
    pattern:
      /(?<![\d.]|예약|정품|정량|환불|순면|실명|방수|천연)(100(\.0+)?(%|퍼센트|프로(?!그|젝|모|필|포|세))|백(%|퍼센트|프로(?!그|젝|모|필|포|세)))(?!수|사전|예약|정품|정량|환불|환급|전액|실명|1대1|11맞춤|11상담|일대일|맞춤|대표원장|원장|전담|직접|본원|면소재|순면|국산|천연|무균|멸균|일회용|1회용|새제품|여성전용|비대면|현금영수증|카드|소독|발급|당일발급|개인룸|1인실|책임진료|할인이?아)/g,
    advice: '결과를 확신하게 하는 "100%" 표현을 빼 주세요',
  },
  {
    ...{ code: 'PAINLESS', severity: 'block', rule: article.exaggeration },
    pattern:
      /무통(?!장|분만|주사|크림|기계|pca|각|증후|신병|역)|통증(이|은|도|을|에대한|걱정|부담|걱정이|부담이)?(전혀|거의|하나|하나도|아예)?도?(없는|없이|없습니다|없어요|없다|없음|제로|zero|0%)(?!것은아|것이아|경우|분|날|상태|때|지)|(안|하나도안|전혀안)아(픈(?!손가락|곳|데)|파요|프게|프고)|(?<!많이|너무|그다지|별로)아프지않(은|아요|습니다|게|고)|노페인|페인리스|painless|nopain/g,
    innocent: /(업무|실무|근무|재무|총무|사무)통|의무통(보|지|계)|비급여무통주/g,
    advice: '통증이 없다는 표현을 빼고 마취 방법과 개인차를 적어 주세요',
  },
  {
    ...{ code: 'NO_SIDE_EFFECTS', severity: 'block', rule: article.sideEffects },
    pattern:
      /부작용(이|은|도|의|에대한|의?걱정|의?염려|의?우려|의?위험|의?부담)?(이|도|은)?(전혀|거의|하나도|아예)?(없는|없이|없습니다|없어요|없다|없음|제로|zero|0%)(?!시술은없|수술은없|치료는없|의료행위는없|것은아|것이아|경우|수는없|수없|지)|(무|노)부작용|(절대|완벽하게|완벽히|100%)안전|안전(을|성을?)?(100%)?보장(?!하지)|위험(이|성이|성)?(전혀)?(없는|없이|없습니다|제로)(?!것은아|시술은없|수술은없)/g,
    advice: '부작용이 없다는 표현을 빼고 생길 수 있는 부작용을 적어 주세요',
  },
  {
    ...{ code: 'NO_TRACES', severity: 'warn', rule: article.exaggeration },
    pattern:
      /(흉터|멍|붓기|부기|출혈)(가|는|도|이|은|와멍이?|나멍이?)?(전혀|거의)?(없는|없이|없습니다|없음|제로|걱정없)(?!것은아|경우|시술은없)/g,
    advice: '흉터·멍·붓기는 개인차가 있음을 적어 주세요',
  },
];

const titles: readonly WordRule[] = [
  {
    ...{ code: 'SPECIAL_HOSPITAL', severity: 'block', rule: article.title },
    pattern: /전문(병원|의원(?!장|내|스톱))/g,
    unless: /전문의\s+원|전\s+문의/,
    advice:
      '보건복지부 지정을 받지 않았다면 "전문병원"이라고 할 수 없습니다. 지정을 받았다면 지정서를 보내 주세요',
  },
  {
    ...{ code: 'EXPERT_CLAIM', severity: 'warn', rule: article.title },
    pattern:
      /(?<!비)전문(센터|클리닉|메디컬|네트워크|성형외과|피부과|치과)|(성형|리프팅|임플란트|교정|쌍꺼풀|코|눈|가슴|흡입|탈모|여드름|보톡스|필러|제모|이식|윤곽|재수술)전문(?!의|적|가|간호|상담|지식|용어|분야|학)/g,
    unless: /전\s+문/,
    advice: '"전문" 대신 "진료과목" 또는 "중점 진료"로 적어 주세요',
  },
  {
    ...{ code: 'UNFOUNDED_TITLE', severity: 'block', rule: article.title },
    pattern:
      /대한민국명의|(tv|방송)[가-힣]{0,6}명의(?!도용|변경)|명의(로선정|가추천|가직접|들의)|1인자|일인자|권위자|(국제|세계|미국|유럽)(성형|미용|피부|수면|모발이식)[가-힣]{0,4}전문의/g,
    advice: '법에 근거가 없는 자격이나 명칭을 빼 주세요',
  },
  {
    ...{ code: 'UNOFFICIAL_TITLE', severity: 'warn', rule: article.title },
    pattern: /달인|거장|명장|마스터닥터|인증의(?!료|무|원|사)|인정의(?!료|무)/g,
    advice: '법에 근거가 있는 자격인지 확인이 필요합니다',
  },
];

const others =
  '(타|다른|여느|기존|주변|인근|동네|어느)(병의원|병원|의원|성형외과|피부과|치과|한의원|클리닉)(들)?';
const conduct: readonly WordRule[] = [
  {
    ...{ code: 'COMPARATIVE', severity: 'block', rule: article.comparison },
    pattern: new RegExp(
      `${others}(보다|대비|[과와]비교|[과와]는?다[른릅르]|[과와]는?차별|[과와]는?차원|[과와]는?달[리라]|에서는?(못|안되|불가|할수없|포기))|비교(불가(?!능)|할수없는|를?거부)`,
      'g',
    ),
    advice: '다른 의료기관과 비교하는 표현을 빼 주세요',
  },
  {
    ...{ code: 'SLANDER', severity: 'block', rule: article.slander },
    pattern:
      /(공장형|공장식|양심없는|비양심|사기|바가지|돌팔이|엉터리|과잉진료|대리수술|싸구려)(하는|로|를|을|씌우는|일삼는|의심되는|치는)?(병원|의원|성형외과|피부과|의사|원장|클리닉|치과|시술)/g,
    advice: '다른 의료인을 깎아내리는 표현을 빼 주세요',
  },
  {
    ...{ code: 'TESTIMONIAL', severity: 'block', rule: article.testimonial },
    pattern:
      /(치료|수술|시술|성형|환자|고객|회원|실제|리얼|생생한?|솔직한?|포토|방문|이용|블로그|카페)(분들의?|님들?의?|의)?(후기(?!미|간|본|능|록|초|존|억|분|침|절|술|쁨|저|관|상|도)|리뷰(?!어))|체험담|체험기(?!간|관)|경험담/g,
    unless: /후\s+기/,
    advice: '치료 경험담과 후기는 광고에 쓸 수 없습니다. 빼 주세요',
  },
  {
    ...{ code: 'REVIEW_REWARD', severity: 'block', rule: article.inducement },
    pattern:
      /(후기|리뷰|인증샷|별점)(를|을)?(작성|등록|남기|쓰시면|쓰면|올리|약속|제공)(시|하면|하시면|고)?|(후기|리뷰)(이벤트|할인|모델|조건)|체험단/g,
    unless: /후\s+기/,
    advice: '후기의 대가로 주는 혜택을 빼 주세요',
  },
  {
    ...{ code: 'CELEBRITY', severity: 'block', rule: article.award },
    pattern:
      /(연예인|셀럽|유명인|인플루언서|아이돌|배우)(들)?(이|도|가|의)?(추천|다니|다녀|선택|시술|찾|협찬|픽|병원)|(방송|tv)(에)?(출연|방영)(한|된)?(병원|의사|원장)/g,
    advice: '유명인이나 방송의 추천으로 보이는 표현을 빼 주세요',
  },
  {
    ...{ code: 'AWARD', severity: 'block', rule: article.award, kinds: ['hospital', 'event'] },
    pattern:
      /브랜드대상|파워브랜드|(소비자|국민|고객)[가-힣]{0,6}(대상수상|대상1위|만족도1위)|대상수상|(금상|우수상|표창장?|감사장|감사패|상장)(을)?(수상|받|획득|수여)|수상(병원|의원|의료진|기념)|(공식|본사|우수)인증(병원|의원|클리닉|센터|점)|추천병원|보증병원|키닥터|keydoctor/g,
    innocent: /(보건복지부|의료기관|정부|국가)[가-힣]{0,4}인증(병원|의원|의료기관)?/g,
    advice: '상장·인증·추천을 내세우는 표현을 빼 주세요. 법에 따른 인증이면 인증서를 보내 주세요',
  },
  {
    ...{ code: 'AWARD_IN_CAREER', severity: 'warn', rule: article.award, kinds: ['doctor'] },
    pattern: /수상(?!돌기|한|스키)|표창|감사장|감사패|키닥터|keydoctor|브랜드대상/g,
    advice: '상장을 이용한 광고가 아닌지 확인이 필요합니다',
  },
  {
    ...{ code: 'UNTESTED_TECHNOLOGY', severity: 'warn', rule: article.untested },
    pattern: /줄기세포|엑소좀|신의료기술|국내미허가/g,
    innocent:
      /줄기세포(연구|학회|재생의학)|신의료기술평가(를|에)?(통과|인정|등재)|신의료기술(로)?(인정|등재|고시)/g,
    advice: '신의료기술 평가를 받았는지 확인이 필요합니다',
  },
  {
    ...{ code: 'SURGERY_SCENE', severity: 'warn', rule: article.surgeryScene },
    pattern: /(수술|시술)(장면|영상|생중계|현장공개|라이브)/g,
    innocent: /수술영상(저장|녹화|보관|제공하지)/g,
    advice: '시술 장면을 그대로 보여 주는 광고가 아닌지 확인이 필요합니다',
  },
  {
    ...{ code: 'ARTICLE_LIKE', severity: 'warn', rule: article.article },
    pattern:
      /(신문|뉴스|잡지|언론|기사)(에)?(보도|소개|선정|실린|나온)(된|한)?(병원|의원|시술|원장|의사)|화제의(시술|병원|의사)|(전문가|의사)(가|들이)추천/g,
    advice: '기사나 전문가 의견처럼 보이는 광고가 아닌지 확인이 필요합니다',
  },
  {
    ...{ code: 'FOREIGN_PATIENTS', severity: 'warn', rule: article.foreigners },
    pattern: /외국인(환자)?(할인|유치|이벤트|특가|우대)|의료관광(할인|이벤트|특가)/g,
    advice: '외국인환자를 유치하는 국내광고가 아닌지 확인이 필요합니다',
  },
];

const freeOfCharge =
  /무료(주차|발렛|발레파킹|대리주차|와이파이|wifi|전화|통화|수신|함|진료소|진료봉사|의료봉사|급식|수술봉사|시술봉사|성형봉사|개안|강의|강연|강좌|건강강좌|웨비나|폰트)|(주차|발렛|발레파킹|와이파이|wifi)(장|비|요금)?(이용)?(가|이|은|는|도)?(최대)?((\d{1,2}|한|두|세|네)(시간|분))?(까지|동안)?(은|이|는)?무료(?!시술|수술|상담|체험)|(\d|한|두|세|네)시간(까지|동안)?(은|이|는)?무료(?!시술|수술|체험)|유무료|무료(가|는|로제공하지)?(아니|아닙|않)|무료로제공하지않/g;
const freeConsultation =
  /무료로?(비대면|11|1대1|카톡|온라인|전화|원장|맞춤|성형|시술|수술|방문)?상담|상담(은|비|료|비용)?(전액)?무료/g;
const innocentCompany =
  /보호자[가-힣]{0,3}동반[가-힣]{0,6}|(부모님?|자녀|아이|반려견|반려동물|반려묘|법정대리인)[가-힣]{0,2}동반[가-힣]{0,6}|카카오톡?친구|카톡친구|채널친구|친구추가|(친구|가족)처럼|친구같은|가족(동반)?(주차|대기)|자기소개|소개서|소개시간/g;

const inducements: readonly WordRule[] = [
  {
    ...{ code: 'FIRST_COME_INDUCEMENT', severity: 'block', rule: article.inducement },
    pattern:
      /선착순|선착(마감|할인|\d)|먼저(오시는|오신|예약하신|신청하신|방문하신)|\d{1,4}(명|분)(에게만|에한해|에한하여|께만|까지만)/g,
    advice: '선착순 조건을 빼고 기간으로 정해 주세요',
  },
  {
    ...{ code: 'SCARCITY_PRESSURE', severity: 'warn', rule: article.inducement },
    pattern:
      /\d{1,4}(명|분|세트|개)한정|한정(수량|\d|인원|판매|특가)|한정된인원|수량한정|얼마남지|(마감|종료)(임박|직전)|곧종료|(오늘|내일|이번주|금주|주말)만(?!큼|족|휴|쉬|진료|단축|제외|운영)|오늘하루|단하루(?!휴|쉬)|(?<!중)단\d일|놓치(면|지)|마지막기회|지금아니면|서두르|조기마감|깜짝(세일|할인|이벤트)|타임세일|핫딜/g,
    advice: '서두르게 하는 표현 대신 시작일과 종료일을 적어 주세요',
  },
  {
    ...{ code: 'FREE_TREATMENT', severity: 'block', rule: article.inducement },
    pattern:
      /무료|공짜|꽁짜|(?<![\d.])0원|(?<![a-z])free(시술|수술|체험|보톡스|이벤트|증정)|서비스로(드|제공|해)|덤으로/g,
    innocent: new RegExp(`${freeOfCharge.source}|${freeConsultation.source}`, 'g'),
    advice: '진료비를 받지 않는다는 표현을 빼 주세요',
  },
  {
    ...{ code: 'FREE_CONSULTATION', severity: 'warn', rule: article.inducement },
    pattern: freeConsultation,
    advice: '진찰료를 면제하는 뜻이 아닌지 확인이 필요합니다',
  },
  {
    ...{ code: 'GIFT_INDUCEMENT', severity: 'block', rule: article.inducement, kinds: ['hospital', 'event'] },
    pattern:
      /사은품|경품|기프티콘|기프트카드|상품권|추첨(을)?(통해|하여|이벤트|으로)|증정(?!식|본)|페이백|캐시백|현금(을)?(지급|지원|증정|환급)|포인트(를)?(적립|지급|증정)|적립금/g,
    advice: '금품이나 경품을 주는 조건을 빼 주세요',
  },
  {
    ...{ code: 'TRANSPORT_INDUCEMENT', severity: 'block', rule: article.inducement },
    pattern:
      /셔틀(버스|차량)?(운행|제공|서비스|이용)|픽업(서비스|차량|제공)|(교통비|택시비|차비|기차비|ktx비?)(를)?(전액|일부)?(지원|지급|제공|환급)|숙박비?(를)?(지원|제공|무료)/g,
    advice: '교통 편의를 제공하는 조건을 빼 주세요. 시장·군수·구청장의 승인을 받았다면 알려 주세요',
  },
  {
    ...{ code: 'BRING_A_FRIEND', severity: 'block', rule: article.inducement },
    pattern:
      /(친구|지인|가족|커플|자매|모녀|모자|부부|동료|절친|둘이|두명|두분|2인|2명)(분)?(과|와|이랑|랑|을|를)?(함께|같이|동반|소개|추천|데려오|초대)?(시|하면|하시면|오면|오시면)?(할인|혜택|이벤트|쿠폰|적립|페이백|특가|무료|증정)|(친구|지인)(분)?(을|를)?(소개|추천|데려|초대)(시|하면|하고|하세요|하시면|오면|오시면|해)|(친구|지인|가족|커플|자매|모녀|부부|동료|2인|2명|두명|두분)(과|와|이랑|랑)?(함께|같이)?동반|(친구|지인|커플|절친)(과|와|이랑|랑)(함께|같이)|동반(할인|방문시|내원시|혜택|1인|이벤트|고객할인|자할인)|추천인|소개자|소개시(할인|혜택|증정|쿠폰|적립|무료|양쪽|둘다|두분|\d)|소개(비|할인|이벤트)(?!전)/g,
    innocent: innocentCompany,
    advice: '다른 사람을 데려오거나 소개하는 조건을 빼 주세요',
  },
  {
    ...{ code: 'SUBSIDY', severity: 'block', rule: article.inducement },
    pattern:
      /지원금|(수술|시술|성형|치료|진료|병원|검사|마취)비용?(를|을)?(전액|일부|최대)?(\d+만?원?)?지원|(진료비|수술비|시술비|본인부담금)(를|을)?(전액|일부)?(면제|감면)|본인부담금할인/g,
    innocent:
      /(연구|학술|창업|고용|정부|국가|난임|출산|재난|국비|학회|보건소|지자체|모성|청년|장학)[가-힣]{0,4}지원금/g,
    advice: '지원금이나 진료비 면제 표현을 빼 주세요',
  },
  {
    ...{ code: 'ONE_PLUS_ONE', severity: 'block', rule: article.inducement },
    pattern:
      /(?<![\da-z+.])([1-9]|10)\+[1-3](?![\d.]|%|주|개월|년|차|호|층|분|만|cc|ml|샷|회차|급)|(원|1)플러스(원|1)|하나더(드|증정|무료|서비스|제공|해드)/g,
    advice: '덤으로 주는 조건을 빼고 실제 횟수와 금액을 적어 주세요',
  },
];

const prices: readonly WordRule[] = [
  {
    ...{ code: 'NO_END_DATE', severity: 'block', rule: article.discount, kinds: ['event'] },
    pattern:
      /상시(진행|할인|이벤트|특가|운영|적용)|연중(할인|이벤트|진행|특가|무휴할인)|소진시|소진될때|별도공지시|공지시까지|무기한|기간제한없|종료일(은)?(미정|없음)|기한없/g,
    advice: '끝나는 날이 없는 할인은 등록할 수 없습니다. 종료일을 정해 주세요',
  },
  {
    ...{ code: 'VAT_EXCLUDED', severity: 'block', rule: article.fullPrice, kinds: ['event'] },
    pattern: /(부가가치세|부가세|vat)(는|은|가)?(10%)?(별도|미포함|불포함|제외|추가|\+)|\+(부가세|vat)/g,
    advice: '부가세(VAT)를 포함한 금액으로 적어 주세요',
  },
  {
    ...{ code: 'EXTRA_COST', severity: 'warn', rule: article.fullPrice, kinds: ['event'] },
    pattern:
      /(마취|입원|검사|재료|보형물|압박복|진찰)(비용|비|료)?(는|은)?(별도|불포함|미포함|추가)(?!비?용?\d)/g,
    advice: '따로 내는 비용은 금액을 함께 적어 주세요',
  },
  {
    ...{ code: 'UNCLEAR_DISCOUNT', severity: 'warn', rule: article.discount, kinds: ['event'] },
    pattern:
      /최대\d{1,2}(%|퍼센트|프로)|(가격|금액|비용)(은|는)?(별도|전화|상담후)?(문의|결정)|\d+만?원부터/g,
    advice: '"최대", "부터", "문의" 대신 정확한 금액과 범위를 적어 주세요',
  },
];

export const wordRules: readonly WordRule[] = [...claims, ...titles, ...conduct, ...inducements, ...prices];
