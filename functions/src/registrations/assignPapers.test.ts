/** Whose paper a file is. */
import fc from 'fast-check';
import { assignPapers, type Claimant } from './assignPapers.ts';

const hospital: Claimant = { kind: 'hospital', title: '라온의원', row: null };
const kim: Claimant = { kind: 'doctor', title: '김라온', row: null };
const lee: Claimant = { kind: 'doctor', title: '이가람', row: null };
const eyes: Claimant = { kind: 'event', title: '쌍꺼풀', row: 2 };
const natural: Claimant = { kind: 'event', title: '자연유착 쌍꺼풀', row: 3 };

const files = (...names: string[]) =>
  names.map((fileName) => ({
    fileName,
    format: fileName.endsWith('.pdf') ? ('pdf' as const) : ('jpg' as const),
    inline: false,
  }));
/** `file as role` of each claimant. */
const assigned = (claimants: Claimant[], ...names: string[]) =>
  assignPapers(claimants, files(...names)).map((papers) =>
    papers.map(({ index, role }) => `${names[index]} ${role}`),
  );

describe('a paper', () => {
  it('is the only registration’s, whatever it is called', () => {
    expect(assigned([kim], '면허증_이가람.pdf', '사업자등록증.pdf', '메모.pdf')).toEqual([
      ['면허증_이가람.pdf medicalLicense', '사업자등록증.pdf bizRegistration', '메모.pdf other'],
    ]);
  });
  it('of the clinic is the hospital’s, a licence that of the doctor it names', () => {
    expect(
      assigned([hospital, kim, lee], '사업자등록증.pdf', '면허증 김라온.pdf', '의사면허_이가람.pdf'),
    ).toEqual([
      ['사업자등록증.pdf bizRegistration'],
      ['면허증 김라온.pdf medicalLicense'],
      ['의사면허_이가람.pdf medicalLicense'],
    ]);
  });
  it('that is a licence of nobody named proves nobody’s licence, but is there to be seen', () => {
    expect(assigned([kim, lee], '면허증.pdf')).toEqual([['면허증.pdf other'], ['면허증.pdf other']]);
    expect(assigned([hospital, kim], '면허증.pdf')).toEqual([[], ['면허증.pdf medicalLicense']]);
    expect(assigned([kim, lee], '면허증 전체.pdf')).toEqual([
      ['면허증 전체.pdf medicalLicense'],
      ['면허증 전체.pdf medicalLicense'],
    ]);
  });
  it('that is a picture is that of the event whose title or row it names', () => {
    expect(assigned([eyes, natural], '메인_자연유착쌍꺼풀.jpg', '메인_2번.jpg', '상세.jpg')).toEqual([
      ['메인_2번.jpg main', '상세.jpg detail'],
      ['메인_자연유착쌍꺼풀.jpg main', '상세.jpg detail'],
    ]);
  });
  it('that is an event’s unnamed picture is its main one', () => {
    expect(assigned([eyes], 'IMG_2041.jpg', 'IMG_2042.jpg')).toEqual([
      ['IMG_2041.jpg main', 'IMG_2042.jpg detail'],
    ]);
  });
  it('that is of all is with all', () => {
    expect(assigned([hospital, kim], '위임장.pdf')).toEqual([['위임장.pdf mandate'], ['위임장.pdf mandate']]);
  });
});

it('every file is somebody’s', () => {
  const claimant = fc.constantFrom(hospital, kim, lee, eyes, natural);
  const name = fc
    .tuple(fc.constantFrom('면허증', '메인', '상세', '사업자등록증', '기타', '김라온', '3행'), fc.string())
    .map(([word, rest]) => `${word}${rest}.jpg`);
  fc.assert(
    fc.property(fc.array(claimant, { minLength: 1 }), fc.array(name), (claimants, names) => {
      const held = assignPapers(claimants, files(...names)).flatMap((papers) =>
        papers.map(({ index }) => index),
      );
      expect(new Set(held)).toEqual(new Set(names.keys()));
    }),
  );
});
