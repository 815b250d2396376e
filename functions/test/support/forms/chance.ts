/** Choices that a seed settles, so that a form that is read wrongly can be made again. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 to 1, without 1 (mulberry32). */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `from` to `to`, both possible. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** Whether what happens so often (0 to 1) happens. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(among: readonly T[]): T {
    const one = among[this.int(0, among.length - 1)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, at: this.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }

  /** `count` different ones, in the order in which they stand. */
  some<T>(items: readonly T[], count: number): T[] {
    const chosen = new Set(this.shuffled(items.map((_, at) => at)).slice(0, count));
    return items.filter((_, at) => chosen.has(at));
  }

  digits(length: number): string {
    return `${this.int(1, 9)}${Array.from({ length: length - 1 }, () => this.int(0, 9)).join('')}`;
  }
}
