/** Names of hospitals in running text. */

const clinic =
  /(?<![가-힣A-Za-z])([가-힣A-Za-z0-9&]{1,20}(?:의원|병원|클리닉))(?=인데|입니다|이에요|예요|에서|이고|이며|의\s|은|는|을|에\s|[,.!()[\]\s]|$)/g;
const noClinic =
  /^(?:저희|우리|본|귀|해당|이|그|전체|소속|신규|제휴|타|다른)?(?:성형외과|피부과|치과|한방|요양|종합|상급종합|대학|동네|개인)?(?:의원|병원|클리닉)$|대학(?:교)?병원$/;

/** Names of hospitals in running text, most of a kind with 저희 병원 left out. */
export function clinicsIn(text: string): string[] {
  const found = [...text.matchAll(clinic)].map(([, name = '']) => name.replace(/^(?:저희|우리)/, ''));
  return [...new Set(found.filter((name) => !noClinic.test(name)))];
}
