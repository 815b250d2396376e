import { shownPapers } from './pictures.ts';

describe('what is shown of the papers', () => {
  const paper = (
    role: 'main' | 'detail' | 'profile' | 'logo' | 'medicalLicense' | 'bizRegistration' | 'other',
    sha256: string = role,
  ) => ({ role, sha256 });
  const all = [
    paper('medicalLicense'),
    paper('bizRegistration'),
    paper('other'),
    paper('detail'),
    paper('main'),
    paper('logo'),
    paper('profile'),
  ];
  it.each([
    ['hospital', ['main', 'detail', 'logo']],
    ['doctor', ['profile']],
    ['event', ['main', 'detail']],
    ['unknown', []],
  ] as const)('of a %s: %j', (kind, roles) =>
    expect(shownPapers(kind, all).map(({ role }) => role)).toEqual(roles),
  );
  it('is each picture once', () => {
    expect(shownPapers('event', [paper('main', 'same'), paper('detail', 'same')])).toHaveLength(1);
  });
});
