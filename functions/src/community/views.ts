/**
 * Views of posts, about. They are gathered in an instance's memory and written together: at most one write per post,
 * minute and instance, however many look. The first view of a quiet post is written at once. What an instance has not
 * written when it ends is lost, and nobody is promised otherwise. Pure, but for the clock it is given.
 */

export const flushEveryMs = 60_000;
/** Somebody who looks again within this time has not seen more. */
const sameViewMs = 30 * 60_000;
const mostPosts = 5_000;
const mostViewers = 50_000;

interface Gathered {
  views: number;
  writtenAt: number;
}

function forgetOldest<V>(map: Map<string, V>, most: number): void {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

export class ViewBuffer {
  private readonly posts = new Map<string, Gathered>();
  private readonly seen = new Map<string, number>();

  /** Notes that somebody sees a post now (ms). Seeing it again soon is the same view. */
  see(viewer: string, talkId: string, now: number): void {
    const key = `${viewer}\n${talkId}`;
    if (now - (this.seen.get(key) ?? Number.NEGATIVE_INFINITY) < sameViewMs) return;
    this.seen.delete(key);
    this.seen.set(key, now);
    forgetOldest(this.seen, mostViewers);
    this.add(talkId, 1);
  }

  /** What is to be written now: views by post. Whoever takes it writes it, or gives it back. */
  due(now: number): [talkId: string, views: number][] {
    const ripe = [...this.posts].filter(
      ([, { views, writtenAt }]) => views > 0 && now - writtenAt >= flushEveryMs,
    );
    return ripe.map(([talkId, gathered]) => {
      const { views } = gathered;
      gathered.views = 0;
      gathered.writtenAt = now;
      return [talkId, views];
    });
  }

  /** Of a write that failed. */
  giveBack(talkId: string, views: number): void {
    this.add(talkId, views);
  }

  private add(talkId: string, views: number): void {
    const gathered = this.posts.get(talkId) ?? { views: 0, writtenAt: Number.NEGATIVE_INFINITY };
    gathered.views += views;
    this.posts.delete(talkId);
    this.posts.set(talkId, gathered);
    forgetOldest(this.posts, mostPosts);
  }
}
