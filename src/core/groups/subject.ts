/** The log's name for a group. */
export const groupSubject = (id: string) => `group:${id}`;
