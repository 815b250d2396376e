/** Words people use for the same thing. Written without spaces; the first of a line is what stands in the index. */
export const synonyms: readonly (readonly string[])[] = [
  ['쌍꺼풀', '쌍수', '쌍커풀', '쌍카풀', '쌍거풀', '쌍까풀', '쌍꺼플', '쌍커플'],
  ['눈매교정', '안검하수', '눈뜨는근육'],
  ['앞트임', '내안각', '몽고트임'],
  ['뒤트임', '외안각'],
  ['눈밑지방재배치', '눈지방재배치', '눈밑지', '다크서클'],
  ['코성형', '코수술', '융비술', '코재수술', '코필러없이코'],
  ['콧볼축소', '콧볼', '코볼축소'],
  ['안면윤곽', '윤곽수술', '사각턱', '광대축소', '앞턱'],
  ['양악', '양악수술', '턱교정'],
  ['가슴성형', '가슴수술', '가슴확대', '유방확대'],
  ['지방흡입', '지흡', '람스', '지방추출'],
  ['지방이식', '지이', '자가지방이식'],
  ['리프팅', '거상', '실리프팅', '페이스리프트'],
  ['울쎄라', '울세라', 'ulthera', '울쎄라피'],
  ['써마지', '써마쥐', 'thermage', '서마지'],
  ['인모드', 'inmode'],
  ['슈링크', 'shrink', '슈링크유니버스'],
  ['보톡스', '보툴리눔', '보톡', 'botox', '톡신'],
  ['필러', 'filler', '히알루론산'],
  ['스킨부스터', '리쥬란', '쥬베룩', '연어주사', '물광주사', '물광'],
  ['제모', '레이저제모', '젠틀맥스'],
  ['여드름', '피지', '압출'],
  ['기미', '잡티', '색소', '토닝', '피코토닝'],
  ['모공', '프락셀', '포텐자'],
  ['모발이식', '머리이식', '탈모', '헤어라인'],
  ['임플란트', '임플'],
  ['치아교정', '투명교정', '인비절라인'],
  ['라미네이트', '치아성형'],
  ['라식', '라섹', '스마일라식', '시력교정'],
  ['성형외과', '성형'],
  ['피부과', '피부'],
  ['부작용', '염증', '구축', '괴사'],
  ['후기', '리뷰', '경험담'],
];

const groupOf = new Map(synonyms.flatMap((words) => words.map((word) => [word, words] as const)));

/** The words that mean the same as one, itself among them. */
export const meaning = (word: string): readonly string[] => groupOf.get(word) ?? [word];

/** What stands in the index for the groups some text speaks of. */
export const groupsIn = (text: string): string[] =>
  synonyms.flatMap((words) => (words.some((word) => text.includes(word)) ? words.slice(0, 1) : []));
