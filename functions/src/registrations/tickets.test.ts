import fc from 'fast-check';
import { drawn } from './tickets.ts';

describe('a ticket', () => {
  it('bears the day and four digits, longer ones after many draws', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 20 }), (id, draw) => {
        const digits = draw < 4 ? 4 : draw < 8 ? 5 : 8;
        expect(drawn(id, '2026-11-21', draw)).toMatch(new RegExp(`^DP-20261121-\\d{${digits}}$`));
        expect(drawn(id, '2026-11-21', draw)).not.toMatch(/-0+$/);
      }),
    );
  });
  it('is the same for the same registration, and another at the next draw', () => {
    expect(drawn('m-1', '2026-11-21', 0)).toBe(drawn('m-1', '2026-11-21', 0));
    expect(drawn('m-1', '2026-11-21', 1)).not.toBe(drawn('m-1', '2026-11-21', 0));
  });
  it('is spread: of 1,000 registrations a day few draw twice, none three times more than five draws', () => {
    const taken = new Set<string>();
    const draws = Array.from({ length: 1000 }, (_, index) => {
      let draw = 0;
      while (taken.has(drawn(`mail-${index}`, '2026-11-21', draw))) draw += 1;
      taken.add(drawn(`mail-${index}`, '2026-11-21', draw));
      return draw + 1;
    });
    expect(draws.filter((count) => count > 1).length).toBeLessThan(100);
    expect(Math.max(...draws)).toBeLessThan(6);
  });
});
