import type { HttpPost } from '../ports/http-post.ts';

/** How long an endpoint may take to answer. */
const ANSWER_MS = 10_000;

export const fetchPost: HttpPost = {
  async post(url, headers, body, givenUp) {
    const late = AbortSignal.timeout(ANSWER_MS);
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: givenUp ? AbortSignal.any([late, givenUp]) : late,
    });
    // Whatever it says, it is not read: the connection is given up with it.
    await response.body?.cancel();
    return { status: response.status };
  },
};
