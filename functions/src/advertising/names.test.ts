import fc from 'fast-check';
import { hospitalTypes } from '../directory/schema.ts';
import { departmentInName, hospitalNameFindings, type NamedHospital } from './names.ts';

const named = (name: string, change: Partial<NamedHospital> = {}) =>
  hospitalNameFindings({ name, type: null, specialists: null, ...change }).map(
    ({ code, severity }) => `${code} ${severity}`,
  );

describe('the department in a name', () => {
  it.each([
    ['라온성형외과의원', '성형외과'],
    ['라온 성형외과 의원', '성형외과'],
    ['라온정형외과병원', '정형외과'],
    ['라온외과의원', '외과'],
    ['라온마취통증의학과의원', '마취통증의학과'],
    ['라온성형외과', '성형외과'],
    ['라온치과의원', null],
    ['라온한의원', null],
    ['라온의원', null],
    ['성형외과라온의원', null],
    ['', null],
  ])('%s: %s', (name, department) => expect(departmentInName(name)).toBe(department));

  it('is for a specialist of that department', () => {
    expect(named('라온성형외과의원', { specialists: ['08', '14'] })).toEqual([]);
    expect(named('라온성형외과의원', { specialists: ['14'] })).toEqual(['NAME_NEEDS_SPECIALIST block']);
    expect(named('라온성형외과의원', { specialists: [] })).toEqual(['NAME_NEEDS_SPECIALIST block']);
  });
  it('is for the operator while nobody knows, or a certificate waits to be compared', () => {
    expect(named('라온성형외과의원')).toEqual(['NAME_NEEDS_SPECIALIST warn']);
    const waiting = { specialists: [], hasSpecialistPaper: true };
    expect(named('라온성형외과의원', waiting)).toEqual(['NAME_NEEDS_SPECIALIST warn']);
    expect(named('라온비뇨의학과의원', { specialists: ['08'] })).toEqual(['NAME_NEEDS_SPECIALIST warn']);
  });
  it('comes with what to write instead', () => {
    const [finding] = hospitalNameFindings({ name: '라온성형외과의원', type: '의원', specialists: [] });
    expect(finding?.message).toContain('라온의원 진료과목: 성형외과');
    expect(finding?.rule).toBe('의료법 시행규칙 제40조 제1호');
  });
});

describe('the kind of institution in a name', () => {
  it.each([
    ['라온의원', '의원'],
    ['라온치과의원', '치과의원'],
    ['라온한의원', '한의원'],
    ['라온병원', '병원'],
    ['한빛병원', '종합병원'],
    ['한빛대학교병원', '상급종합병원'],
    ['한빛종합병원', '상급종합병원'],
    ['라온치과병원', '치과병원'],
  ] as const)('%s is a %s', (name, type) => expect(named(name, { type })).toEqual([]));
  it.each([
    ['라온의원', '병원'],
    ['라온병원', '의원'],
    ['라온한의원', '의원'],
    ['라온치과의원', '의원'],
    ['라온의원', '한의원'],
    ['라온종합병원', '병원'],
    ['라온치과병원', '병원'],
  ] as const)('%s is no %s', (name, type) =>
    expect(named(name, { type })).toContain('NAME_TYPE_MISMATCH block'),
  );
  it('should be there', () => expect(named('라온뷰티')).toEqual(['NAME_WITHOUT_TYPE warn']));
});

describe('words an operator looks at', () => {
  it.each([
    ['라온국제의원', 'NAME_MISLEADING warn'],
    ['라온센터의원', 'NAME_MISLEADING warn'],
    ['라온전문의원', 'NAME_MISLEADING warn'],
    ['종합라온의원', 'NAME_MISLEADING warn'],
    ['라온대학의원', 'NAME_MISLEADING warn'],
    ['라온피부의원', 'NAME_LIKE_DEPARTMENT warn'],
    ['라온탈모의원', 'NAME_LIKE_DEPARTMENT warn'],
    ['Raon Clinic', 'NAME_FOREIGN warn'],
  ])('%s: %s', (name, code) => expect(named(name)).toContain(code));
});

it('has a length', () => expect(named(`${'가'.repeat(60)}의원`)).toEqual(['NAME_TOO_LONG block']));

it('never throws, and says everything in Korean with its rule', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(null, ...hospitalTypes), (name, type) => {
      for (const finding of hospitalNameFindings({ name, type, specialists: [] })) {
        expect(finding.message).toMatch(/[가-힣]/);
        expect(finding.excerpt.length).toBeLessThanOrEqual(60);
      }
    }),
  );
});
