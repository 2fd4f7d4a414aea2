import { QUEUE_PHRASES } from "./queue_phrases.ts";

/** A text and the language it is in, as a BCP 47 tag. */
export interface Announcement {
  text: string;
  language: string;
}

/** What there is to say of a contact's waiting. */
export type QueueNews = { position: number } | { waitSeconds: number };

/** From here on a wait is told as more than an hour, in minutes. */
const HOUR = 60;

/**
 * A contact's place in a queue, or about how long it waits, in words: minutes are rounded up. In
 * English where the language has no phrases here.
 *
 * @param language BCP 47 tag
 */
export function queueAnnouncement(news: QueueNews, language: string): Announcement {
  const base = language.split("-")[0];
  const phrases = QUEUE_PHRASES[base];
  if (!phrases) return queueAnnouncement(news, "en");
  if ("position" in news) {
    const { position } = news;
    const phrase = position <= 1 ? phrases.next : phrases.position;
    return { text: phrase.replace("#", String(position)), language };
  }
  const minutes = Math.ceil(news.waitSeconds / 60);
  if (news.waitSeconds < 45) return { text: phrases.soon, language };
  if (minutes > HOUR) return { text: phrases.hour, language };
  const plural = new Intl.PluralRules(language).select(minutes);
  const phrase = phrases.minutes[plural] ?? phrases.minutes.other;
  return { text: phrase.replace("#", String(minutes)), language };
}
