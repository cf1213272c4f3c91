/** The log's name for a pair of people, the same from both sides. */
export const contactSubject = (a: number, b: number) => `contact:${Math.min(a, b)}:${Math.max(a, b)}`;
