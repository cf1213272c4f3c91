/** Whether the browser can float a picture over other windows. */
export const canFloat = typeof document !== 'undefined' && document.pictureInPictureEnabled;

/** A picture that stays in sight while the person is in another window. */
export function toggleFloating(video: HTMLVideoElement): void {
  // A refusal (no picture yet, an embedder's policy) leaves the page as it is.
  if (document.pictureInPictureElement === video) stopFloating(video);
  else video.requestPictureInPicture().catch(() => undefined);
}

/** Its place on the page goes: a window without a picture would stay. */
export function stopFloating(video: HTMLVideoElement): void {
  if (document.pictureInPictureElement === video) document.exitPictureInPicture().catch(() => undefined);
}
