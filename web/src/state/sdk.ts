/** The one place where the app names the client library. */
export * from '../../../sdk/src/index.ts';
