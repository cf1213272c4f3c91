/** One POST to somebody else's server. Follows no redirect and reads no body: the status is all there is. */
export interface HttpPost {
  /** Throws when there is no answer in time, or when it is given up. */
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    givenUp?: AbortSignal,
  ): Promise<{ status: number }>;
}
