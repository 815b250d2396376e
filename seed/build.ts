/** The whole seed as documents: the same every time, aggregates equal to a recount of what is in it. */
import { acceptAnswers, makeAnonymous } from './anonymous.ts';
import { chatDocuments } from './chat.ts';
import { countReplies, makeLikes, makePosts, makeReplies } from './community.ts';
import { directoryDocuments, makeDirectory } from './directory.ts';
import { feedDocuments, showCards } from './feeds.ts';
import { documents, type SeedDocument, type SeedSize } from './frame.ts';
import { moderationDocuments } from './moderation.ts';
import { makeUsers, peopleDocuments } from './people.ts';
import { voucherDocuments } from './prepays.ts';
import { registrationDocuments } from './registrations.ts';
import { makeReviews, rateDirectory } from './reviews.ts';
import { searchDocuments } from './search.ts';

export type { SeedDocument, SeedSize } from './frame.ts';

export function buildSeed(size: SeedSize): SeedDocument[] {
  const directory = makeDirectory(size);
  const users = makeUsers(size);
  const reviews = makeReviews(size, directory, users);
  const posts = makePosts(size, users);
  const replies = makeReplies(size, users, posts, reviews);
  rateDirectory(directory, reviews);
  const anonymous = makeAnonymous(posts, replies);
  acceptAnswers(posts, replies);
  countReplies(replies, posts, reviews);
  const likes = makeLikes(users, posts, replies);
  showCards(directory, reviews);
  return [
    ...peopleDocuments(users, size),
    ...directoryDocuments(directory),
    ...registrationDocuments(directory),
    ...moderationDocuments(posts, users),
    ...searchDocuments([...directoryDocuments(directory), ...documents(posts, 'FreeTalks')]),
    ...feedDocuments(directory, posts),
    ...documents(reviews, 'reviews'),
    ...documents(posts, 'FreeTalks'),
    ...documents(replies, 'TempReplies'),
    ...likes,
    ...anonymous,
    ...chatDocuments(size, directory, users),
    ...voucherDocuments(size, directory, users),
  ];
}
